import { reportsPath } from '../../api/paths.js';
import { mayPass, RequestError, sendKnown, unreachable, type Fetch } from '../../api/request.js';
import type { Filed, Problem, Warning } from '../../api/shapes.js';
import { dryRunOf } from '../use-dry-run.js';
import type { SheetReport } from './group-reports.js';

/** How it went with one report of a sheet. */
export interface ReportOutcome {
  /** `known`: it had been filed before, by an earlier try. */
  readonly state: 'checked' | 'filed' | 'known' | 'refused';
  readonly problem: Problem | null;
  readonly warnings: readonly Warning[];
}

export interface SheetFilingCalls {
  readonly slug: string;
  readonly key: string | null;
  /** Asks only what would come of it. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onOutcome: (report: SheetReport, outcome: ReportOutcome) => void;
  /** It waits for the service; `null` once it goes on. */
  readonly onWaiting: (problem: Problem | null) => void;
  readonly fetch?: Fetch;
  /** Between two tries of what could not be sent, in ms. */
  readonly againMs?: number;
}

const againMsDefault = 2000;
const againMsMax = 30_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Files the reports of a sheet one after the other, each under a key made of its content: what was filed by an earlier
 * try is not filed again. Waits where the service is away; ends where it is aborted or nobody is signed in.
 */
export async function fileSheet(reports: readonly SheetReport[], calls: SheetFilingCalls): Promise<void> {
  const { slug, key, dryRun, signal, onOutcome, onWaiting, fetch, againMs = againMsDefault } = calls;
  /** Ids of the sheet as the log has them. */
  const ids = new Map<string, string>();
  let waitMs = againMs;
  for (let at = 0; at < reports.length && !signal.aborted;) {
    const report = reports[at];
    if (report === undefined) return;
    const body = report.body((id) => ids.get(id));
    const sending = { method: 'POST', path: reportsPath(slug), body } as const;
    try {
      const asking = { key, signal, ...(fetch === undefined ? {} : { fetch }) };
      const { body: answer, replayed } = await sendKnown<Filed>(
        dryRun ? dryRunOf(sending) : { ...sending, idempotencyKey: report.key },
        asking,
      );
      for (const [place, { id }] of (answer.figures ?? []).entries()) {
        const own = report.figures[place]?.id ?? '';
        if (own !== '') ids.set(own, id);
      }
      onWaiting(null);
      waitMs = againMs;
      const state = dryRun ? 'checked' : replayed ? 'known' : 'filed';
      onOutcome(report, { state, problem: null, warnings: answer.warnings });
      at += 1;
    } catch (error) {
      if (signal.aborted) return;
      const problem = error instanceof RequestError ? error.problem : unreachable;
      if (problem.status === 401 || problem.status === 403) {
        onWaiting(problem);
        return;
      }
      if (mayPass(problem)) {
        onWaiting(problem);
        await pause(Math.max(waitMs, error instanceof RequestError ? (error.retryAfterMs ?? 0) : 0), signal);
        waitMs = Math.min(2 * waitMs, againMsMax);
        continue;
      }
      onOutcome(report, { state: 'refused', problem, warnings: [] });
      at += 1;
    }
  }
}
