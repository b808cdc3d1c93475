import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { SiteDirectory } from '../sites.ts';
import { CORS } from './answer.ts';
import type { Answer, Call } from './call.ts';
import type { Route } from './route.ts';

/** The tag's two builds. One script alone stands for both. */
export type TagBuilds = Uint8Array | { core: Uint8Array; complete: Uint8Array };

const HEADERS = {
  ...CORS,
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
};
/** Under its usual name the tag may change; under one that holds its hash it never does. */
const CHANGING = 'public, max-age=3600, stale-while-revalidate=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';
const HASH_CHARS = 12;

/** A script with every body it may be asked for, made once. */
interface Script {
  hash: string;
  bodies: { br: Buffer<ArrayBuffer>; gzip: Buffer<ArrayBuffer>; identity: Buffer<ArrayBuffer> };
}

function scriptOf(bytes: Uint8Array): Script {
  const identity = Buffer.from(bytes);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
  };
  return {
    hash: createHash('sha256').update(identity).digest('hex').slice(0, HASH_CHARS),
    bodies: {
      br: brotliCompressSync(identity, { params }),
      gzip: gzipSync(identity, { level: 9 }),
      identity,
    },
  };
}

/** Whether the browser takes this coding; one that it gives a weight of 0 it does not. */
const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((part) => {
    const [name, weight = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    return name === coding && Number(weight || 1) > 0;
  });

function serve(script: Script, call: Call, cache: string): Answer {
  const accepted = call.header('accept-encoding') ?? '';
  const coding = takes(accepted, 'br') ? 'br' : takes(accepted, 'gzip') ? 'gzip' : 'identity';
  const etag = `"${script.hash}-${coding}"`;
  const headers = { ...HEADERS, 'cache-control': cache, etag };
  const known = (call.header('if-none-match') ?? '').split(/\s*,\s*/).map((tag) => tag.replace(/^W\//, ''));
  if (known.includes(etag)) return { status: 304, headers, body: '' };
  return {
    status: 200,
    headers: coding === 'identity' ? headers : { ...headers, 'content-encoding': coding },
    body: script.bodies[coding],
  };
}

/**
 * `GET /t.js?site=KEY`: the build that the site's settings ask for, the complete one where they do not say or no site is
 * named; `GET /t.<hash>.js`: one of the builds for ever, for pages that pin it by Subresource Integrity.
 */
export function tagRoutes(builds: TagBuilds, sites: Pick<SiteDirectory, 'find'>): Route[] {
  const complete = scriptOf('complete' in builds ? builds.complete : builds);
  const core = 'core' in builds ? scriptOf(builds.core) : complete;
  const wanted = async (call: Call) => {
    const key = call.url().searchParams.get('site');
    // The script of every page must not wait for a store that is away.
    const site = key ? await sites.find(key).catch(() => undefined) : undefined;
    return site?.settings.tag === 'core' ? core : complete;
  };
  const pinned = [...new Map([core, complete].map((script) => [script.hash, script])).values()];
  return [
    {
      method: 'GET',
      path: '/t.js',
      access: 'public',
      handle: async (call) => serve(await wanted(call), call, CHANGING),
    },
    ...pinned.map(
      (script): Route => ({
        method: 'GET',
        path: `/t.${script.hash}.js`,
        access: 'public',
        handle: (call) => serve(script, call, IMMUTABLE),
      }),
    ),
  ];
}
