import type { PinnedBuild, TagBuild } from '@throughline/contract';
import type { SiteDirectory } from '../sites.ts';
import type { KeptBuilds } from '../tag/kept-builds.ts';
import { type Coding, TagScript } from '../tag/script.ts';
import { CORS, problem } from './answer.ts';
import type { Answer, Call } from './call.ts';
import type { Route } from './route.ts';

/** The tag's two builds. One script alone stands for both. */
export type TagBuilds = Uint8Array | Record<TagBuild, Uint8Array>;

export type TagScripts = Record<TagBuild, TagScript>;

const HEADERS = {
  ...CORS,
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
};
/**
 * Under its usual name the tag may change; under one that holds its hash it never does. After five minutes a browser asks again, by ETag,
 * and for a day it runs what it has meanwhile, so that who comes back waits for nothing, and a choice or an upgrade reaches them with
 * the page after (Chrome 75, Firefox 68 and WebKit's network cache; others wait for a 304 without a body).
 */
const CHANGING = 'public, max-age=300, stale-while-revalidate=86400';
/** A proxy that makes a pinned file smaller makes it one that browsers do not run. */
const IMMUTABLE = 'public, max-age=31536000, immutable, no-transform';
/** A build that is not there now may be in a minute. */
const ABSENT = 'public, max-age=60';

/** The builds with all their bodies, so that no visitor waits for them. */
export function scriptsOf(builds: TagBuilds): TagScripts {
  const complete = new TagScript('complete' in builds ? builds.complete : builds);
  const core = 'core' in builds ? new TagScript(builds.core) : complete;
  for (const script of [core, complete]) for (const coding of ['br', 'gzip'] as const) script.body(coding);
  return { core, complete };
}

/** How pages pin these builds. */
export const pinnedOf = ({ core, complete }: TagScripts): Record<TagBuild, PinnedBuild> => ({
  core: pinned(core),
  complete: pinned(complete),
});
const pinned = ({ hash, integrity }: TagScript): PinnedBuild => ({ file: `t.${hash}.js`, integrity });

/** Whether the browser takes this coding; one that it gives a weight of 0 it does not. */
const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((part) => {
    const [name, weight = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    return name === coding && Number(weight || 1) > 0;
  });

function serve(script: TagScript, call: Call, cache: string): Answer {
  const accepted = call.header('accept-encoding') ?? '';
  const coding: Coding = takes(accepted, 'br') ? 'br' : takes(accepted, 'gzip') ? 'gzip' : 'identity';
  const etag = `"${script.hash}-${coding}"`;
  const headers = { ...HEADERS, 'cache-control': cache, etag };
  const known = (call.header('if-none-match') ?? '').split(/\s*,\s*/).map((tag) => tag.replace(/^W\//, ''));
  if (known.includes(etag)) return { status: 304, headers, body: '' };
  return {
    status: 200,
    headers: coding === 'identity' ? headers : { ...headers, 'content-encoding': coding },
    body: script.body(coding),
  };
}

/**
 * `GET /t.js?site=KEY`: the build that the site's settings ask for, the complete one where they do not say or no site is
 * named; `GET /t.<hash>.js`: a build of this version or an earlier one for ever, for pages that pin it by Subresource Integrity.
 */
export function tagRoutes(
  { core, complete }: TagScripts,
  sites: Pick<SiteDirectory, 'find'>,
  kept: Pick<KeptBuilds, 'find'>,
): Route[] {
  const wanted = async (call: Call) => {
    const key = call.url().searchParams.get('site');
    // The script of every page must not wait for a store that is away.
    const site = key ? await sites.find(key).catch(() => undefined) : undefined;
    return site?.settings.tag === 'core' ? core : complete;
  };
  const unknown = problem(
    404,
    {
      code: 'unknown_build',
      message: `No build of the tag with this hash is kept here. This version has /t.${complete.hash}.js (complete) and /t.${core.hash}.js (core); an earlier one is served once its file is in the folder tags of the data folder.`,
      at: '',
    },
    { 'cache-control': ABSENT },
  );
  return [
    {
      method: 'GET',
      path: '/t.js',
      access: 'public',
      handle: async (call) => serve(await wanted(call), call, CHANGING),
    },
    {
      method: 'GET',
      path: '/:pinned{t\\.\\w+\\.js}',
      access: 'public',
      async handle(call) {
        const script = await kept.find((call.param('pinned') ?? '').split('.')[1] ?? '');
        return script ? serve(script, call, IMMUTABLE) : unknown;
      },
    },
  ];
}
