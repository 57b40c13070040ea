import { createHash } from 'node:crypto';
import type { Command } from '../../src/domain/commands.js';
import type { FilingRequest } from '../../src/filing/outcome.js';

/* What the desks of `desks-child.ts` file: a report by its key alone, so that anybody can file it again. */

export const desks = 6;
export const incidents = 3;
export const figuresAReport = 7;

/** A report's answer, as the child tells of it. */
export interface Answered {
  readonly kind: 'filed';
  readonly key: string;
  readonly body: {
    readonly id: string;
    readonly position: string;
    readonly figures: readonly { readonly id: string }[];
  };
}

export const slugOf = (desk: number): string => `crash-${desk % incidents}`;

export const keyOf = (round: number, desk: number, n: number): string => `${round}-${desk}-${n}`;

/** Incident and contents follow from the key. Each figure is in a cell of its own. */
export const commandOf = (key: string): { slug: string; command: Command; request: FilingRequest } => {
  const [round = 0, desk = 0, n = 0] = key.split('-').map(Number);
  const bodyHash = createHash('sha256').update(key).digest('hex');
  const command: Command = {
    kind: 'fileReport',
    bodyHash,
    report: {
      outlet: 'Wire',
      publishedAt: new Date(Date.UTC(2020, 0, 1) + (round * 1_000 + n) * 60_000).toISOString(),
      attribution: [{ name: `Hospital ${desk}`, kind: 'organisation' }],
      figures: Array.from({ length: figuresAReport }, (_, place) => ({
        measure: 'killed',
        group: 'people',
        breakdown: { role: `role-${place}` },
        quantity: { kind: 'atLeast', value: 1 + round + n },
      })),
    },
  };
  const request: FilingRequest = {
    desk: `desk-${desk}`,
    person: null,
    correlationId: key,
    idempotency: { key, bodyHash },
    dryRun: false,
    ifMatch: null,
  };
  return { slug: slugOf(desk), command, request };
};
