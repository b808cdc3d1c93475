export type TagBuild = 'core' | 'complete';

/** A build under a name that stands for its very content: `/<file>` never changes. */
export interface PinnedBuild {
  /** `t.<hash>.js`. */
  file: string;
  /** For Subresource Integrity: `sha384-…`. */
  integrity: string;
}

/** `GET /api/sites/:site/tag`: the builds that the server at hand has, for pages that pin one. */
export interface TagView {
  /** The one that the site has chosen. */
  build: TagBuild;
  pinned: Record<TagBuild, PinnedBuild>;
}
