import type { Answering } from '../answering.ts';
import { LINK_HEADER } from '../linker/link.ts';
import { domainOf, hostOf } from '../steps/hosts.ts';
import type { Answer, Call } from './call.ts';

/** Browsers keep no cookie longer than 400 days. */
const AGE_S = 400 * 24 * 3600;
/** The visitor's cookie as the tag writes it: when it was made, and the id. */
const VISITOR = /(?:^|;\s*)(tl_v=\w{8}\.\w{1,64})(?:;|$)/;

/** The domain that the page and the collector share, as browsers see it; undefined when they do not. */
function sharedDomain(call: Call, page: string): string | undefined {
  const own = domainOf(call.url().hostname);
  return own !== null && own === domainOf(page) ? own : undefined;
}

/**
 * Gives the visitor's cookie back for another year, on the domain where the tag put it. Safari keeps a cookie that a
 * script has set for a week, one that the shop's own server has set for as long as it says. The text stays as it is, so
 * that a reset that the browser has made meanwhile is the newer one.
 */
function renewed(call: Call, origin: string): string | undefined {
  const [, cookie] = VISITOR.exec(call.header('cookie') ?? '') ?? [];
  const domain = cookie && sharedDomain(call, hostOf(origin));
  if (!domain) return undefined;
  const secure = origin.startsWith('https:') ? ';Secure' : '';
  return `${cookie};Domain=${domain};Path=/;Max-Age=${AGE_S};SameSite=Lax${secure}`;
}

/** The tag's requests carry cookies: their answers name the page's origin, and renew the visitor's. */
export function withRenewal(answering: Answering): Answering {
  return async (route, call) => {
    const answer: Answer = await answering(route, call);
    const origin = call.header('origin');
    if (route.path !== '/e' || !origin) return answer;
    const cookie = renewed(call, origin);
    return {
      ...answer,
      headers: {
        ...answer.headers,
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': `retry-after, ${LINK_HEADER}`,
        vary: 'origin',
        ...(cookie ? { 'set-cookie': cookie } : {}),
      },
    };
  };
}
