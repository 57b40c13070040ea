import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.js';
import { numbers, times } from '../words/locale.js';
import type { Clock } from './moments.js';
import type { Past } from './use-past.js';

/** A whole play, and one step of it, in ms: short histories are not rushed, long ones not dragged. */
const playMs = 24_000;
const stepMsMin = 90;
const stepMsMax = 900;

const clocks: readonly { readonly clock: Clock; readonly label: string }[] = [
  { clock: 'published', label: 'as published' },
  { clock: 'recorded', label: 'as recorded here' },
];

interface RewindProps {
  readonly past: Past;
  /** The headline at the moment shown, ready to read. */
  readonly headline: string;
}

/** Goes back to any moment of the incident, step by step, by sliding, or playing it as it came. */
export function Rewind({ past, headline }: RewindProps) {
  const { phase, problem, moments, shown } = past;
  const wanted = useRef(false);
  const [playing, setPlaying] = useState(false);
  const last = moments.length - 1;

  useEffect(() => {
    if (phase !== 'open' || !wanted.current || moments.length === 0) return;
    wanted.current = false;
    past.show(0);
    setPlaying(true);
  }, [phase, moments.length]);

  useEffect(() => {
    if (!playing || shown === null) return undefined;
    if (shown > last) return undefined;
    const wait = Math.min(stepMsMax, Math.max(stepMsMin, playMs / Math.max(1, moments.length)));
    const timer = setTimeout(() => {
      if (shown < last) past.show(shown + 1);
      else {
        past.show(null);
        setPlaying(false);
      }
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [playing, shown, last]);

  if (phase !== 'open') {
    return (
      <div class="rewind rewind-closed">
        <button
          type="button"
          class="button"
          disabled={phase === 'reading'}
          onClick={() => {
            wanted.current = true;
            past.open();
          }}
        >
          <span aria-hidden="true">▶ </span>
          {phase === 'reading' ? 'Reading the history…' : 'Play how the count changed'}
        </button>
        {problem !== null && <ProblemNotice problem={problem} />}
      </div>
    );
  }
  if (moments.length === 0) return <p class="rewind small">No change yet to go back to.</p>;

  const go = (to: number | null): void => {
    setPlaying(false);
    past.show(to);
  };
  const place = shown ?? moments.length;
  const moment = shown === null ? undefined : moments[shown];
  const when = moment === undefined ? 'Now' : times.dateTime(new Date(moment.at).toISOString());
  return (
    <section class="rewind" aria-label="Go back in time">
      <div class="rewind-line">
        <button
          type="button"
          class="button rewind-play"
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => {
            if (!playing && shown === null) past.show(0);
            setPlaying(!playing);
          }}
        >
          <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span>
        </button>
        <input
          type="range"
          class="rewind-slider"
          min={0}
          max={moments.length}
          step={1}
          value={place}
          aria-label="Moment"
          aria-valuetext={`${when}: ${headline}`}
          onInput={(event) => {
            const to = Number(event.currentTarget.value);
            go(to > last ? null : to);
          }}
        />
        <button
          type="button"
          class="button rewind-step"
          aria-label="One change back"
          disabled={place === 0}
          onClick={() => {
            go(place - 1);
          }}
        >
          <span aria-hidden="true">‹</span>
        </button>
        <button
          type="button"
          class="button rewind-step"
          aria-label="One change on"
          disabled={shown === null}
          onClick={() => {
            go(place >= last ? null : place + 1);
          }}
        >
          <span aria-hidden="true">›</span>
        </button>
      </div>
      <div class="rewind-words">
        <p class="rewind-when">
          <strong>{when}</strong>
          <span class="rewind-headline">{headline}</span>
        </p>
        <p class="small">
          {shown === null
            ? numbers.count(moments.length)
            : `${numbers.count(shown + 1)} of ${numbers.count(moments.length)}`}{' '}
          changes
        </p>
      </div>
      <fieldset class="rewind-clock">
        <legend class="visually-hidden">By which time</legend>
        {clocks.map(({ clock, label }) => (
          <label key={clock}>
            <input
              type="radio"
              name="clock"
              checked={past.clock === clock}
              onChange={() => {
                setPlaying(false);
                past.setClock(clock);
              }}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
