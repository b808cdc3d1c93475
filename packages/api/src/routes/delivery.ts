import type { Call } from '../route.ts';

/** What became of one event, by the id that its sender gave it. */
export async function message({ context, options, site }: Call): Promise<Response> {
  return context.json(await options.delivery.messageOf(site.site, context.req.param('id') ?? ''));
}

/** The collector's spool: what waits, what was set aside, what is missing. */
export async function spool({ context, options }: Call): Promise<Response> {
  return context.json(await options.delivery.report());
}

/** Events that the store refused, of all sites. */
export async function deadLetters({ context, options }: Call): Promise<Response> {
  return context.json({ dead_letters: await options.delivery.deadLetters.list() });
}

/** Sends the dead letters to the store once more. */
export async function replayDeadLetters({ context, options }: Call): Promise<Response> {
  return context.json(await options.delivery.deadLetters.replay());
}
