import type { FigureRecord, IncidentState } from '../incident-state.js';
import { refuse } from './decision.js';

type Refused = ReturnType<typeof refuse>;

/** The figure of this id, or why there is none: one of another incident is none either. */
export const findFigure = (state: IncidentState, id: string): FigureRecord | Refused =>
  state.figures.get(id) ?? refuse('figure-not-found', `${state.slug} has no figure ${id}.`);
