import type { z } from 'zod';
import type { explanationSchema, gradeSchema, linkOriginsSchema, pinSchema } from './schema/decisions.js';
import type { IncidentAsOpened, IncidentPatch } from './schema/incident.js';
import type { FigureAsFiled, ReportAsFiled } from './schema/report.js';

/** What a request asks for, as plain data. Bodies have passed their schema; the rules are `decide`'s. */
export type Command =
  | { readonly kind: 'openIncident'; readonly incident: IncidentAsOpened }
  | { readonly kind: 'amendIncident'; readonly patch: IncidentPatch }
  | { readonly kind: 'fileReport'; readonly report: ReportAsFiled; readonly bodyHash: string }
  | { readonly kind: 'retractReport'; readonly report: string; readonly retraction: RetractionBody }
  | {
      readonly kind: 'correctFigure';
      readonly figure: string;
      readonly corrected: FigureAsFiled;
      readonly reason: string;
    }
  | { readonly kind: 'retractFigure'; readonly figure: string; readonly retraction: RetractionBody }
  | { readonly kind: 'denyAttribution'; readonly figure: string; readonly reason: string }
  | { readonly kind: 'reinstateFigure'; readonly figure: string; readonly reason: string }
  | ({ readonly kind: 'linkOrigins' } & z.infer<typeof linkOriginsSchema>)
  | { readonly kind: 'unlinkOrigins'; readonly link: string; readonly reason: string }
  | { readonly kind: 'gradeSpeaker'; readonly grade: z.infer<typeof gradeSchema> }
  | ({ readonly kind: 'pinEstimate'; readonly cell: string } & z.infer<typeof pinSchema>)
  | { readonly kind: 'unpinEstimate'; readonly cell: string; readonly reason: string }
  | ({ readonly kind: 'explainRevision'; readonly event: string; readonly cell: string } & z.infer<
      typeof explanationSchema
    >);

export interface RetractionBody {
  readonly by: 'desk' | 'outlet' | 'speaker';
  readonly statedAt?: string | undefined;
  readonly reason: string;
}
