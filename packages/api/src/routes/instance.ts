import type { Call } from '../route.ts';

/** Which running server this is; commands compare it with server.json before they send the admin token. */
export const instance = ({ context, options }: Call): Response =>
  context.json({ instance: options.instance });
