import type { Context } from 'hono';

interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

interface Trust {
  /** Whether X-Forwarded-* come from a proxy of ours. */
  trust_proxy: boolean;
}

/** Address a request came from, for counting only: never kept or logged. '' where there is no socket. */
export function clientAddress(context: Context, { trust_proxy }: Trust): string {
  // The last entry is what our own proxy saw; those before it are the client's word.
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  if (trust_proxy && forwarded) return forwarded;
  return (context.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '';
}

/** Whether the browser spoke HTTPS, so that a cookie may be marked Secure. */
export function isHttps(context: Context, { trust_proxy }: Trust): boolean {
  if (trust_proxy && context.req.header('x-forwarded-proto') === 'https') return true;
  return new URL(context.req.url).protocol === 'https:';
}

/** Host and port as the browser knows them. */
export function ownHost(context: Context, { trust_proxy }: Trust): string {
  const forwarded = trust_proxy ? context.req.header('x-forwarded-host') : undefined;
  return (forwarded ?? context.req.header('host') ?? new URL(context.req.url).host).toLowerCase();
}
