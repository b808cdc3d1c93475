import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './side-scroll.css';

/** A region that scrolls sideways where it has to, reached by keyboard, whose edges fade where there is more. */
export function SideScroll({
  label,
  class: more,
  children,
}: {
  label: string;
  class?: string;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const { left, right } = hidden(element);
      element.toggleAttribute('data-more-left', left);
      element.toggleAttribute('data-more-right', right);
      // A stop for the keyboard only where there is something to scroll.
      if (left || right) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    };
    const observer = new ResizeObserver(look);
    for (const watched of [element, ...element.children]) observer.observe(watched);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <section ref={box} class={more ? `side-scroll ${more}` : 'side-scroll'} aria-label={label}>
      {children}
    </section>
  );
}

/** Less than this is the rounding of a browser's layout. Pixels. */
const ROUNDING = 2;

/** At which sides something is out of sight. */
export function hidden(box: Pick<Element, 'scrollLeft' | 'clientWidth' | 'scrollWidth'>): {
  left: boolean;
  right: boolean;
} {
  return {
    left: box.scrollLeft > ROUNDING,
    right: box.scrollLeft + box.clientWidth < box.scrollWidth - ROUNDING,
  };
}
