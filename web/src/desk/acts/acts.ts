import {
  explanationPath,
  figureActPath,
  gradesPath,
  linkPath,
  linksPath,
  pinPath,
  reportRetractionPath,
} from '../../api/paths.js';
import type { Sending } from '../../api/request.js';
import type { Figure, Revision } from '../../api/shapes.js';
import { figureBody, missingOfFigure, timeText, type Missing } from '../draft-body.js';
import { blankFigure, noTime, timeDraftOf, type FigureDraft, type LinkDraft, type TimeDraft } from '../draft.js';

/** What a desk decides about: a figure that was filed, a revision, or a cell's estimate. */
export type Subject =
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'cell'; readonly cell: string };

export type Act =
  | 'correct'
  | 'retract'
  | 'retractReport'
  | 'deny'
  | 'reinstate'
  | 'link'
  | 'unlink'
  | 'grade'
  | 'explain'
  | 'pin'
  | 'unpin';

/** What stands in the fields of a decision; each act reads those that it has. */
export interface ActFields {
  readonly reason: string;
  readonly by: 'desk' | 'outlet' | 'speaker';
  readonly statedAt: TimeDraft;
  readonly figure: FigureDraft;
  readonly other: string;
  /** Id of the link that is undone. */
  readonly link: string;
  readonly kind: string;
  readonly given: string;
  readonly low: string;
  readonly high: string;
}

export const blankFields: ActFields = {
  reason: '',
  by: 'desk',
  statedAt: noTime,
  figure: blankFigure('f1'),
  other: '',
  link: '',
  kind: '',
  given: '',
  low: '',
  high: '',
};

interface Standing {
  /** Whether the cell has a pin. */
  readonly pinned: boolean;
  /** Whether a link joins the figure's origin to another. */
  readonly linked: boolean;
}

/** The acts that a subject is open to, the likeliest first. */
export function actsOn(subject: Subject, { pinned, linked }: Standing): readonly Act[] {
  if (subject.kind === 'revision') return ['explain'];
  if (subject.kind === 'cell') return pinned ? ['pin', 'unpin'] : ['pin'];
  const withdrawn = subject.figure.state === 'retracted' || subject.figure.state === 'denied';
  const ofOrigin: readonly Act[] = linked ? ['link', 'unlink', 'grade'] : ['link', 'grade'];
  const other: readonly Act[] = ['correct', 'retract', 'retractReport', 'deny', ...ofOrigin];
  return withdrawn ? ['reinstate', ...other] : other;
}

export const actNames: Readonly<Record<Act, readonly [name: string, meaning: string]>> = {
  correct: ['Correct', 'we filed it wrong; the first filing stays in history'],
  retract: ['Retract', 'it is withdrawn, by us, the outlet or the speaker'],
  retractReport: ['Retract the whole report', 'with all its figures'],
  deny: ['Deny', 'the alleged speaker says it never said so'],
  reinstate: ['Reinstate', 'the withdrawal was wrong'],
  link: ['Same origin as another', 'two names of one speaker; an editor decides'],
  unlink: ['Undo a link', 'they are two origins after all; an editor decides'],
  grade: ['Move to another kind', 'how close the speaker is to the count, in all its figures; an editor decides'],
  explain: ['Explain', 'why the number changed, told afterwards'],
  pin: ['Pin', 'the cell shows this estimate until it is unpinned'],
  unpin: ['Unpin', 'the cell shows again what the method gives'],
};

const needReason = (reason: string): readonly Missing[] =>
  reason.trim() === '' ? [{ pointer: '/reason', label: 'the reason' }] : [];

const people = (text: string): number | string | null => {
  const digits = text.replaceAll(/[\s,'’]/gu, '');
  if (digits === '') return null;
  return /^\d+$/u.test(digits) ? Number(digits) : text;
};

/** What a decision still lacks. */
export function missingOfAct(act: Act, fields: ActFields): readonly Missing[] {
  switch (act) {
    case 'correct':
      return [...missingOfFigure(fields.figure, '/figure'), ...needReason(fields.reason)];
    case 'retract':
    case 'retractReport':
      return [
        ...(fields.by === 'speaker' && fields.statedAt.date === ''
          ? [{ pointer: '/statedAt', label: 'when the speaker took it back' }]
          : []),
        ...needReason(fields.reason),
      ];
    case 'link':
      return [
        ...(fields.other === '' ? [{ pointer: '/origins/1', label: 'the other origin' }] : []),
        ...needReason(fields.reason),
      ];
    case 'unlink':
      return [...(fields.link === '' ? [{ pointer: '/link', label: 'the link' }] : []), ...needReason(fields.reason)];
    case 'grade':
      return [...(fields.kind === '' ? [{ pointer: '/kind', label: 'the kind' }] : []), ...needReason(fields.reason)];
    case 'explain':
      return fields.given === '' ? [{ pointer: '/reason', label: 'the reason' }] : [];
    case 'pin':
      return [
        ...(fields.low.trim() === '' ? [{ pointer: '/best/low', label: 'the number' }] : []),
        ...needReason(fields.reason),
      ];
    case 'deny':
    case 'reinstate':
    case 'unpin':
      return needReason(fields.reason);
  }
}

interface Target {
  readonly slug: string;
  readonly subject: Subject;
  /** The cell's ETag, for pins. */
  readonly etag: string | null;
}

/** The request of a decision; `null` where it is none of the subject's. */
export function sendingOf(act: Act, fields: ActFields, { slug, subject, etag }: Target): Sending | null {
  const reason = fields.reason.trim();
  const post = (path: string, body: object): Sending => ({ method: 'POST', path, body: JSON.stringify(body) });
  const retraction = {
    by: fields.by,
    ...(fields.by === 'speaker' ? { statedAt: timeText(fields.statedAt) } : {}),
    reason,
  };
  if (subject.kind === 'figure') {
    const { figure } = subject;
    const none = (): undefined => undefined;
    if (act === 'correct')
      return post(figureActPath(slug, figure.id, 'correction'), { figure: figureBody(fields.figure, none), reason });
    if (act === 'retract') return post(figureActPath(slug, figure.id, 'retraction'), retraction);
    if (act === 'retractReport') return post(reportRetractionPath(slug, figure.report), retraction);
    if (act === 'deny') return post(figureActPath(slug, figure.id, 'denial'), { reason });
    if (act === 'reinstate') return post(figureActPath(slug, figure.id, 'reinstatement'), { reason });
    if (act === 'link') return post(linksPath(slug), { origins: [figure.origin, fields.other], reason });
    if (act === 'unlink')
      return { method: 'DELETE', path: `${linkPath(slug, fields.link)}?reason=${encodeURIComponent(reason)}` };
    if (act === 'grade') return post(gradesPath(slug), { origin: figure.origin, kind: fields.kind, reason });
  }
  if (subject.kind === 'revision' && act === 'explain')
    return post(explanationPath(slug, subject.revision.number), {
      reason: fields.given,
      ...(reason === '' ? {} : { note: reason }),
    });
  if (subject.kind === 'cell' && etag !== null) {
    const path = pinPath(slug, subject.cell);
    if (act === 'pin') {
      const best = {
        low: people(fields.low),
        high: fields.high === '∞' ? null : (people(fields.high) ?? people(fields.low)),
      };
      return { method: 'PUT', path, body: JSON.stringify({ best, reason }), ifMatch: etag };
    }
    if (act === 'unpin')
      return { method: 'DELETE', path: `${path}?reason=${encodeURIComponent(reason)}`, ifMatch: etag };
  }
  return null;
}

const linkDraftOf = ({ name, kind, named = true, id = '', body = '' }: Figure['attribution'][number]): LinkDraft => ({
  name,
  kind,
  named,
  id,
  body,
  takenFrom: '',
  sameAs: '',
});

/**
 * A filed figure in the fields of a draft.
 * @param report what it shares with the others of its report; its own is what differs
 */
export function draftOfFigure(figure: Figure, report: Pick<Figure, 'attribution' | 'statedAt'>): FigureDraft {
  const { quantity } = figure;
  const [measure = '', who = '', ...parts] = figure.cell.split('/');
  const inherits = JSON.stringify(figure.attribution) === JSON.stringify(report.attribution);
  return {
    ...blankFigure('f1'),
    measure,
    who,
    breakdown: parts.map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
    quantity: {
      kind: quantity.kind,
      value: 'value' in quantity ? String(quantity.value) : 'low' in quantity ? String(quantity.low) : '',
      high: 'high' in quantity ? String(quantity.high) : '',
      word: 'word' in quantity ? quantity.word : '',
    },
    words: figure.words ?? '',
    basis: figure.basis,
    of: figure.of,
    hedged: figure.hedged,
    attribution: inherits ? null : figure.attribution.map(linkDraftOf),
    statedAt: figure.statedAt === report.statedAt ? noTime : timeDraftOf(figure.statedAt),
  };
}
