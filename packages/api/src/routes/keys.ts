import { ProblemError } from '@throughline/contract';
import { createKey, type KeyKind, listKeys as readKeys } from '@throughline/store';
import { jsonBody } from '../body.ts';
import { keyEffects } from '../key-effects.ts';
import { endKey } from '../key-end.ts';
import { keyId } from '../key-id.ts';
import type { Call } from '../route.ts';

const KINDS: readonly KeyKind[] = ['write', 'secret'];

/** The keys of a site by id, kind and age. The keys themselves are not kept. */
export async function listKeys({ context, options, site }: Call): Promise<Response> {
  return context.json({ keys: await readKeys(options.store, site.site, keyEffects(options)) });
}

/** Makes a write or secret key of a site and tells it this once. */
export async function addKey({ context, options, site }: Call): Promise<Response> {
  const { kind: wanted } = await jsonBody(context);
  const kind = KINDS.find((name) => name === wanted);
  if (kind === undefined)
    throw new ProblemError(400, {
      code: 'bad_kind',
      message: '`kind` must be "write" (sends events) or "secret" (reads reports).',
      at: 'kind',
    });
  const key = await createKey(options.store, { kind, site: site.site }, keyEffects(options));
  return context.json({ key, kind, id: keyId(key) }, 201);
}

/** Ends a key at once; collectors forget it within seconds. */
export async function revokeKey({ context, options, site }: Call): Promise<Response> {
  const id = context.req.param('id') ?? '';
  if (!(await endKey(options.store, { site: site.site, id }, keyEffects(options))))
    throw new ProblemError(404, {
      code: 'unknown_key',
      message: 'This site has no such key; `npx throughline key list` shows those it has.',
      at: 'id',
    });
  return context.json({ revoked: id });
}
