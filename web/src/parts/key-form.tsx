import type { TargetedSubmitEvent } from 'preact';
import { useAccess } from '../access.js';
import type { Problem } from '../api/shapes.js';

/** Asked for only when the service refuses to answer without a key. */
export function KeyForm({ problem }: { problem: Problem }) {
  const { key, giveKey } = useAccess();
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('key');
    if (typeof given === 'string' && given.trim() !== '') giveKey(given.trim());
  };
  return (
    <section class="notice">
      <h2>{key === null ? 'A key is needed to read this' : 'This key may not read this'}</h2>
      {key !== null && <p>{problem.detail ?? problem.title}</p>}
      <form class="key-form" onSubmit={submit}>
        <label>
          API key
          <input name="key" type="password" autocomplete="off" spellcheck={false} placeholder="tbk_…" required />
        </label>
        <button type="submit" class="button">
          Use this key
        </button>
      </form>
      <p class="small">It is kept in this tab until you close it, and sent to this service only.</p>
    </section>
  );
}
