import { useEffect, useRef } from 'preact/hooks';

const takesKeys = new Set(['INPUT', 'SELECT', 'TEXTAREA']);

/** Keys of the whole tab, while nothing is being typed; Escape also then. */
export function useAnswerKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      // A dialog over the page has its keys to itself.
      if (target instanceof Element && target.closest('dialog') !== null) return;
      const typing = target instanceof Element && takesKeys.has(target.tagName);
      if (typing && event.key !== 'Escape') return;
      // The tabs move by arrow keys of their own.
      if (target instanceof Element && target.getAttribute('role') === 'tab') return;
      const act = latest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    globalThis.addEventListener('keydown', press);
    return () => {
      globalThis.removeEventListener('keydown', press);
    };
  }, []);
}
