/** What was given back from here ends so. The tag reads the moment and the id, and past what follows a second dot. */
const KEPT = '.s';
const FORM = /(?:^|;\s*)tl_v=(\w{8})\.(\w{1,64})(\.s)?(?:;|$)/;

/** The cookie in which a browser keeps its visitor, where the collector is on a host of the shop (`tag/src/visitor.ts` writes it). */
export interface VisitorCookie {
  id: string;
  /** By the browser's clock, in milliseconds. */
  written_ms: number;
  /** Nobody has written it since it was given back from here. */
  is_kept: boolean;
  /** Name and value as they are given back. */
  kept: string;
}

/** The visitor's cookie among those of a `Cookie` header; undefined when there is none. */
export function visitorCookie(header: string | undefined): VisitorCookie | undefined {
  const [, stamp = '', id = '', mark] = FORM.exec(header ?? '') ?? [];
  if (id === '') return undefined;
  return {
    id,
    written_ms: Number.parseInt(stamp, 36),
    is_kept: mark !== undefined,
    kept: `tl_v=${stamp}.${id}${KEPT}`,
  };
}
