import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface ScrollProps {
  /** Id of the heading. */
  readonly labelledBy: string;
  /** What there is more of to the side: "all 6 methods". */
  readonly all: string;
  readonly children: ComponentChildren;
}

/** What may be wider than the page: it scrolls sideways by itself, says so, and shades the edge that hides something. */
export function ScrollX({ labelledBy, all, children }: ScrollProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState({ any: false, toTheRight: false });
  const look = (): void => {
    const { current } = scroller;
    if (current === null) return;
    const { scrollLeft, scrollWidth, clientWidth } = current;
    const any = scrollWidth > clientWidth;
    // Browsers scroll by parts of a pixel, and give whole ones.
    const toTheRight = scrollLeft + clientWidth < scrollWidth - 1;
    setHidden((before) => (before.any === any && before.toTheRight === toTheRight ? before : { any, toTheRight }));
  };
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    const resized = new ResizeObserver(look);
    resized.observe(current);
    if (current.firstElementChild !== null) resized.observe(current.firstElementChild);
    return () => {
      resized.disconnect();
    };
  }, []);
  return (
    <>
      {hidden.any && <p class="small scroll-hint">Scroll sideways for {all}.</p>}
      <div class={hidden.toTheRight ? 'scroll-frame more-right' : 'scroll-frame'}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div ref={scroller} class="scroll-x" role="region" aria-labelledby={labelledBy} tabIndex={0} onScroll={look}>
          {children}
        </div>
      </div>
    </>
  );
}
