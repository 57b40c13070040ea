import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/shapes.js';
import { useDesk } from '../desk-context.js';
import { fileSheet, type ReportOutcome } from './file-sheet.js';
import { groupReports, type Grouped } from './group-reports.js';
import { parseTable, type Sheet } from './parse-table.js';
import { readRow, type Matching } from './read-rows.js';
import { guessRoles } from './roles.js';

const nameOf = (slug: string): string => `tollbook.sheet.${slug}`;

/** A sheet as it is kept, so that filing it goes on after a reload. */
interface KeptSheet {
  readonly text: string;
  readonly matching: Matching;
}

const noMatching: Matching = { roles: [], defaults: {}, dateOrder: '' };

function load(slug: string): KeptSheet | null {
  try {
    const kept = globalThis.localStorage.getItem(nameOf(slug));
    return kept === null ? null : (JSON.parse(kept) as KeptSheet);
  } catch {
    return null;
  }
}

function keep(slug: string, sheet: KeptSheet | null): void {
  try {
    if (sheet === null) globalThis.localStorage.removeItem(nameOf(slug));
    else globalThis.localStorage.setItem(nameOf(slug), JSON.stringify(sheet));
  } catch {
    // Too large to keep: after a reload it has to be pasted again, and what was filed is known for the same.
  }
}

export type Run = 'none' | 'checking' | 'filing' | 'checked' | 'filed' | 'stopped';

export interface SheetUse {
  readonly sheet: Sheet | null;
  readonly matching: Matching;
  readonly grouped: Grouped;
  readonly outcomes: ReadonlyMap<string, ReportOutcome>;
  readonly run: Run;
  /** Why it waits. */
  readonly waiting: Problem | null;
  readonly open: (text: string) => void;
  readonly close: () => void;
  readonly match: (matching: Matching) => void;
  readonly start: (what: 'checking' | 'filing') => void;
  readonly stop: () => void;
}

const nothing: Grouped = { reports: [], problems: [], leftOut: 0, repeated: 0 };

/** A sheet that was pasted or dropped: its columns matched, its reports checked and filed. */
export function useSheet(): SheetUse {
  const { incident, key } = useDesk();
  const { slug } = incident;
  const [kept, setKept] = useState<KeptSheet | null>(() => load(slug));
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ReportOutcome>>(new Map());
  const [run, setRun] = useState<Run>('none');
  const [waiting, setWaiting] = useState<Problem | null>(null);
  const running = useRef<AbortController | null>(null);

  const text = kept?.text ?? null;
  const sheet = useMemo(() => (text === null ? null : parseTable(text)), [text]);
  const matching = kept?.matching ?? noMatching;
  const grouped = useMemo(
    () =>
      sheet === null
        ? nothing
        : groupReports(
            slug,
            sheet.rows.map((row) => readRow(row, matching, incident)),
          ),
    [sheet, matching, slug, incident.groups, incident.measures, incident.breakdowns],
  );

  useEffect(() => () => running.current?.abort(), []);

  const set = (next: KeptSheet | null): void => {
    running.current?.abort();
    setKept(next);
    keep(slug, next);
    setOutcomes(new Map());
    setRun('none');
    setWaiting(null);
  };

  const start = (what: 'checking' | 'filing'): void => {
    running.current?.abort();
    const asking = new AbortController();
    running.current = asking;
    setOutcomes(new Map());
    setRun(what);
    setWaiting(null);
    const { reports } = grouped;
    void fileSheet(reports, {
      slug,
      key,
      dryRun: what === 'checking',
      signal: asking.signal,
      onOutcome: (report, outcome) => {
        if (asking.signal.aborted) return;
        setOutcomes((before) => new Map([...before, [report.key, outcome]]));
      },
      onWaiting: (problem) => {
        if (!asking.signal.aborted) setWaiting(problem);
      },
    }).then(() => {
      if (!asking.signal.aborted) setRun((now) => (now === 'checking' ? 'checked' : 'filed'));
    });
  };

  return {
    sheet,
    matching,
    grouped,
    outcomes,
    run,
    waiting,
    open: (given) => {
      const parsed = parseTable(given);
      set({ text: given, matching: { ...noMatching, roles: guessRoles(parsed, incident) } });
    },
    close: () => {
      set(null);
    },
    match: (next) => {
      if (kept !== null) set({ ...kept, matching: next });
    },
    start,
    stop: () => {
      running.current?.abort();
      setRun('stopped');
      setWaiting(null);
    },
  };
}
