import { useState } from 'preact/hooks';
import { times } from '../words/locale.js';
import type { WaitingFiling } from './outbox/waiting-filing.js';

interface WaitingProps {
  readonly filings: readonly WaitingFiling[];
  readonly slug: string;
  readonly onSendNow: () => void;
  readonly onDrop: (id: string) => void;
  /** Puts what was refused back into the form. */
  readonly onTakeBack: (filing: WaitingFiling) => void;
}

/** What was filed here and is not in the log yet, as far as this browser knows. */
export function WaitingList({ filings, slug, onSendNow, onDrop, onTakeBack }: WaitingProps) {
  if (filings.length === 0) return null;
  const waiting = filings.filter(({ refused }) => refused !== true);
  return (
    <section class="waiting" aria-labelledby="waiting-title" data-waiting={waiting.length}>
      <h2 id="waiting-title">Not filed yet</h2>
      <ul>
        {filings.map((filing) => (
          <li key={filing.id} class={filing.refused === true ? 'waiting-item waiting-refused' : 'waiting-item'}>
            <p>
              <strong>{filing.refused === true ? 'Refused' : 'Waiting to be sent'}</strong> · {filing.label}
              {filing.slug !== slug && ` · ${filing.slug}`}
              <span class="quiet-text"> · {times.clock(filing.at)}</span>
            </p>
            {filing.problem !== undefined && (
              <p class="small">
                {filing.problem.status === 401
                  ? 'Sign in again to send it.'
                  : (filing.problem.detail ?? filing.problem.title)}
                {filing.refused === true &&
                  (filing.problem.errors ?? []).map(({ pointer = '', detail }) => ` ${pointer}: ${detail}`)}
              </p>
            )}
            <p class="waiting-acts">
              {filing.refused === true && filing.draft !== undefined && (
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    onTakeBack(filing);
                  }}
                >
                  Back into the form
                </button>
              )}
              <GiveUp filing={filing} onDrop={onDrop} />
            </p>
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <p class="small">
          Kept in this browser, and sent once the service answers, each of them once, after a reload too.{' '}
          <button type="button" class="link" onClick={onSendNow}>
            Send now
          </button>
        </p>
      )}
    </section>
  );
}

/** Asked twice: what is given up is nowhere else. */
function GiveUp({ filing, onDrop }: { filing: WaitingFiling; onDrop: (id: string) => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button
        type="button"
        class="link"
        aria-label={`Give it up: ${filing.label}`}
        onClick={() => {
          setAsked(true);
        }}
      >
        Give it up
      </button>
    );
  return (
    <>
      <span class="small">
        {filing.refused === true
          ? 'It is kept nowhere else.'
          : 'It is kept nowhere else, and may have been filed already if its answer was lost.'}
      </span>
      <button
        type="button"
        class="link"
        aria-label={`Give it up for good: ${filing.label}`}
        onClick={() => {
          onDrop(filing.id);
        }}
      >
        Give it up for good
      </button>
      <button
        type="button"
        class="link"
        onClick={() => {
          setAsked(false);
        }}
      >
        Keep it
      </button>
    </>
  );
}
