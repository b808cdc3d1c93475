import type { Site, TagBuild, TagView } from '@throughline/contract';

const PINNED: TagView['pinned'] = {
  core: {
    file: 't.f0bfc55e70d4.js',
    integrity: 'sha384-BeMpdpmRJaa4blYaloHlRuwZRTHOdTcXJWEGZSxq9N7SVpuA2RpKj4xuVbyy02Z9',
  },
  complete: {
    file: 't.54c2cca9cf7b.js',
    integrity: 'sha384-SR0RQwxXZv0SXucN8rUq19hup4W3bBbS2CbgYz3AqHjvd3TLzxFKUnU12Z78dNdY',
  },
};

/** The site with the build that was chosen, or, when none was, how its builds are pinned. */
export const mockTag = (site: Site, { tag }: { tag?: TagBuild }): Site | TagView =>
  tag
    ? { ...site, settings: { ...site.settings, tag } }
    : { build: site.settings.tag ?? 'complete', pinned: PINNED };
