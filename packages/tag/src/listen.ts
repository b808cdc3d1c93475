/** Tells the developer of the page. Silent until the `debug` feature sets it, so that a build without that carries no words. */
export let say: (...words: unknown[]) => void = () => {};

export const setSay = (to: typeof say): void => {
  say = to;
};

/** Keeps how a change to the page is taken back. Nobody does until the `stop` feature sets it. */
export let onUndo: (undo: () => void) => void = () => {};

export const setOnUndo = (to: typeof onUndo): void => {
  onUndo = to;
};

/** A fault of ours, or a call with nonsense, must not break the page: nothing comes of it. */
export const guarded =
  <Parameters extends unknown[]>(task: (...parameters: Parameters) => unknown) =>
  (...parameters: Parameters): unknown => {
    try {
      return task(...parameters);
    } catch (error) {
      say(error);
    }
  };

/**
 * addEventListener for types with a space between, in the capture phase, because a page may stop its events; `late`: after
 * the page's own.
 */
export const on = <Kind extends Event = Event>(
  target: EventTarget,
  types: string,
  listener: (event: Kind) => unknown,
  late?: boolean,
): void => {
  const safe = guarded(listener) as EventListener;
  for (const type of types.split(' ')) {
    target.addEventListener(type, safe, !late);
    onUndo(() => target.removeEventListener(type, safe, !late));
  }
};

/** Lets `after` see what a method of the page was called with, what it gave back, and on what. */
export const patch = (
  // biome-ignore lint/suspicious/noExplicitAny: a method of the page's may be anything.
  target: any,
  key: string,
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  after: (parameters: any[], result: any, self: any) => unknown,
): void => {
  const original = target[key];
  if (!original) return;
  let safe = guarded(after);
  const patched = function (this: unknown, ...parameters: unknown[]) {
    const result = original.apply(this, parameters);
    safe(parameters, result, this);
    return result;
  };
  target[key] = patched;
  onUndo(() => {
    // Somebody who has patched over it since keeps us in their chain, where we are blind from here on.
    safe = () => {};
    if (target[key] === patched) target[key] = original;
  });
};
