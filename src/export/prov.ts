import type { FigureOnWire } from '../projections/figure-view.js';
import type { RevisionOnWire, TallyOnWire } from '../projections/wire.js';

type Records = Record<string, Record<string, string | { readonly $: string; readonly type: string }>>;

const name = (kind: string, id: string): string => `tollbook:${kind}/${encodeURIComponent(id)}`;

const instant = (text: string) => ({ $: text, type: 'xsd:dateTime' });

/**
 * Where every number comes from, as PROV-JSON: reports by their outlets, figures out of reports and by their origins,
 * and each estimate that a revision left, out of its figures and the estimate before it.
 */
export class Provenance {
  readonly #entities: Records = {};
  readonly #agents: Records = {};
  readonly #derived: Records = {};
  readonly #attributed: Records = {};
  readonly #generated: Records = {};
  readonly #method: string;
  readonly #slug: string;
  /** The estimate that a cell had last. */
  readonly #last = new Map<string, string>();
  #relations = 0;

  constructor({ incident, method }: Pick<TallyOnWire, 'incident' | 'method'>) {
    this.#slug = incident;
    this.#method = method;
  }

  addFigure(figure: FigureOnWire): void {
    const { id, report, outlet, url, origin, cell, publishedAt, recordedAt, attribution, state, words } = figure;
    const [entity, source, speaker] = [name('figure', id), name('report', report), name('origin', origin)];
    this.#entities[source] ??= {
      'prov:type': 'tollbook:Report',
      'tollbook:publishedAt': publishedAt,
      ...(url === null ? {} : { 'prov:location': url }),
    };
    this.#agents[name('outlet', outlet)] ??= { 'prov:type': 'prov:Organization', 'prov:label': outlet };
    this.#agents[speaker] ??= {
      'prov:label': attribution[0]?.name ?? origin,
      'tollbook:kind': attribution[0]?.kind ?? '',
    };
    this.#entities[entity] = {
      'prov:type': 'tollbook:Figure',
      'tollbook:cell': cell,
      'tollbook:quantity': JSON.stringify(figure.quantity),
      'tollbook:state': state,
      'tollbook:recordedAt': instant(recordedAt),
      ...(words === null ? {} : { 'prov:value': words }),
    };
    this.#relate(this.#attributed, { 'prov:entity': source, 'prov:agent': name('outlet', outlet) });
    this.#relate(this.#attributed, { 'prov:entity': entity, 'prov:agent': speaker });
    this.#derive(entity, source, 'prov:Quotation');
    for (const part of figure.of) this.#derive(entity, name('figure', part));
  }

  /** In the order of their numbers. */
  addRevision({ number, cell, after, recordedAt, reason }: RevisionOnWire): void {
    const before = this.#last.get(cell);
    const entity = name('estimate', `${cell}@${number}`);
    this.#entities[entity] = {
      'prov:type': 'tollbook:Estimate',
      'tollbook:cell': cell,
      'tollbook:revision': number,
      'tollbook:reason': reason,
      'prov:value': after === null ? 'withdrawn' : after.phrase,
    };
    this.#last.set(cell, entity);
    this.#relate(this.#generated, {
      'prov:entity': entity,
      'prov:activity': this.#activity,
      'prov:time': recordedAt,
    });
    if (before !== undefined) this.#derive(entity, before, 'prov:Revision');
    for (const figure of after?.figures ?? []) this.#derive(entity, name('figure', figure));
  }

  toJSON(): object {
    return {
      prefix: { tollbook: `urn:tollbook:${this.#slug}:`, xsd: 'http://www.w3.org/2001/XMLSchema#' },
      entity: this.#entities,
      activity: { [this.#activity]: { 'prov:type': 'tollbook:Tally', 'tollbook:method': this.#method } },
      agent: this.#agents,
      wasGeneratedBy: this.#generated,
      wasAttributedTo: this.#attributed,
      wasDerivedFrom: this.#derived,
    };
  }

  get #activity(): string {
    return name('tally', this.#slug);
  }

  #derive(generated: string, used: string, type?: string): void {
    this.#relate(this.#derived, {
      'prov:generatedEntity': generated,
      'prov:usedEntity': used,
      ...(type === undefined ? {} : { 'prov:type': type }),
    });
  }

  #relate(records: Records, members: Record<string, string>): void {
    this.#relations += 1;
    records[`_:r${this.#relations}`] = members;
  }
}
