import type { Answering } from '../answering.ts';
import { LINK_HEADER } from '../linker/link.ts';

/** The tag's requests carry cookies: browsers read an answer to them only when it names the page's origin. */
export function withCredentials(answering: Answering): Answering {
  return async (route, call) => {
    const answer = await answering(route, call);
    const origin = call.header('origin');
    if (route.path !== '/e' || !origin) return answer;
    return {
      ...answer,
      headers: {
        ...answer.headers,
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': `retry-after, ${LINK_HEADER}`,
        vary: 'origin',
      },
    };
  };
}
