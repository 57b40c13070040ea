import { applyFiling, createLedger, tallyOf } from '../domain/tally/ledger.js';
import type { FiledEvent } from '../domain/events.js';
import { EventVerifier, VerifyError } from '../audit/verify-events.js';
import { revisionOnWire, tallyOnWire, type TallyOnWire } from '../projections/wire.js';
import { pathOf, type Call } from './call.js';
import { eventLines } from './event-pages.js';
import { accepted, bodyOf } from './failure.js';
import { wholeList } from './pages.js';
import { isRevisionPage, isTally } from './wire.js';

/** An incident that is filed to meanwhile is looked at anew, so many times. */
const looksMax = 5;

export interface VerifiedTally {
  readonly events: number;
  readonly revisions: number;
}

/**
 * Folds an incident from its events alone, and compares tally and revisions with what the service says.
 * @throws VerifyError naming the first revision's position, or the tally's, that is another
 */
export const verifyTally = async (call: Call, slug: string): Promise<VerifiedTally> => {
  let events = 0;
  for (let look = 1; ; look += 1) {
    const seen = events;
    try {
      const verified = await lookOnce(call, slug, (count) => {
        events = count;
      });
      return verified;
    } catch (error) {
      // What was filed between two questions makes their answers differ; without anything new they may not.
      if (!(error instanceof VerifyError) || look === looksMax || (look > 1 && events === seen)) throw error;
    }
  }
};

const lookOnce = async (call: Call, slug: string, onRead: (events: number) => void): Promise<VerifiedTally> => {
  const ledger = createLedger();
  const verifier = new EventVerifier();
  const positions: string[] = [];
  let filing: FiledEvent[] = [];
  for await (const line of eventLines(call, slug)) {
    const { event, position, endsFiling } = verifier.take(line);
    positions.push(String(position));
    filing.push(event);
    if (!endsFiling) continue;
    try {
      applyFiling(ledger, filing);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new VerifyError(String(position), `its filing cannot be folded (${why})`, error);
    }
    filing = [];
  }
  verifier.end();
  onRead(positions.length);
  const positionOf = (seq: number): string => positions[seq] ?? '?';
  const { data } = await wholeList(call, ['incidents', slug, 'revisions'], isRevisionPage, { order: 'asc' });
  for (const [place, revision] of ledger.revisions.entries()) {
    const ours = revisionOnWire(revision, positionOf);
    const theirs = data[place];
    if (JSON.stringify(theirs) !== JSON.stringify(ours))
      throw new VerifyError(
        ours.position,
        theirs === undefined
          ? `it gives revision ${ours.number} of ${slug}, which the service does not have`
          : `revision ${ours.number} of ${slug} (${ours.cell}) is another than the service says`,
      );
  }
  const last = positions.at(-1) ?? '0';
  const answer = accepted(await call('GET', pathOf(['incidents', slug, 'tally'], { at: last })));
  const theirs = bodyOf(answer, isTally);
  const log = { epoch: theirs.epoch, position: BigInt(last), stale: null };
  const ours = tallyOnWire(tallyOf(ledger), log);
  if (JSON.stringify(theirs) !== JSON.stringify(ours))
    throw new VerifyError(
      last,
      `the tally of ${slug} as of then is another than the service says${whereOf(ours, theirs)}`,
    );
  return { events: positions.length, revisions: ledger.revisions.length };
};

const whereOf = (ours: TallyOnWire, theirs: TallyOnWire): string => {
  if (ours.rules !== theirs.rules) return ` (its rules are ${theirs.rules}, these are ${ours.rules})`;
  const given = new Map(theirs.cells.map((each) => [each.cell, JSON.stringify(each)]));
  const other = ours.cells.find((each) => given.get(each.cell) !== JSON.stringify(each));
  return other === undefined ? '' : ` (first in ${other.cell})`;
};
