import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import type { Problem } from '../api/shapes.js';

interface KeyFormProps {
  readonly problem: Problem;
  /** What the key is for, where that is not to read. */
  readonly title?: string;
}

/** Sign-in, asked for only when the service refuses to answer without a key, or would. */
export function KeyForm({ problem, title }: KeyFormProps) {
  const { key, giveKey } = useAccess();
  const [refused, setRefused] = useState<string | null>(null);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('key');
    if (typeof given !== 'string' || given.trim() === '') return;
    setRefused(null);
    giveKey(given.trim()).catch((error: unknown) => {
      setRefused(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <section class="notice">
      <h2>{title ?? (key === null ? 'A key is needed to read this' : 'This key may not read this')}</h2>
      {(key !== null || title !== undefined) && <p>{problem.detail ?? problem.title}</p>}
      <form class="key-form" onSubmit={submit}>
        <label>
          API key
          <input name="key" type="password" autocomplete="off" spellcheck={false} placeholder="tbk_…" required />
        </label>
        <button type="submit" class="button">
          Sign in
        </button>
      </form>
      {refused !== null && (
        <p class="key-refused" role="alert">
          {refused}
        </p>
      )}
      <p class="small">
        It is kept in a cookie of this browser that no page can read, and sent to this service only.
        {key !== null && (
          <>
            {' '}
            <button type="button" class="link-button" onClick={() => void giveKey(null).catch(() => undefined)}>
              Sign out
            </button>
          </>
        )}
      </p>
    </section>
  );
}
