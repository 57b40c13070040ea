import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Ctrl (or Cmd) and Enter sends a form from anywhere in it; Enter alone, in a field, must not file by accident. */
export function useFormKeys(form: RefObject<HTMLFormElement | null>, send: () => void): void {
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const { current } = form;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter') return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        latest.current();
      } else if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') {
        event.preventDefault();
      }
    };
    current?.addEventListener('keydown', press);
    return () => current?.removeEventListener('keydown', press);
  }, []);
}
