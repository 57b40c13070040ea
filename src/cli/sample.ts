import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * The sample: the In Amenas hostage crisis of January 2013 as it was reported, filed as any desk files, over the public
 * interface and in order of publication.
 */

interface SampleFigure {
  /** `REF.NUMBER`: a figure of another report of the sample, counted from 1. */
  readonly of?: readonly string[];
}

interface SampleReport {
  readonly ref: string;
  readonly publishedAt: string;
  readonly figures: readonly SampleFigure[];
}

interface Sample {
  readonly incident: { readonly slug: string };
  readonly reports: readonly SampleReport[];
}

/** What filing needs of a connection; `path` begins with `/v1`. */
export type SampleCall = (
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}>;

export interface SampleFiled {
  readonly incident: string;
  readonly reports: number;
  readonly figures: number;
  /** How many reports the service had already: all of them where the sample was filed before. */
  readonly repeated: number;
  readonly position: string;
}

/** A call of the sample that the service refused, with its answer. */
export class SampleRefused extends Error {
  override readonly name = 'SampleRefused';
  constructor(
    what: string,
    readonly answer: { readonly status: number; readonly body: unknown },
  ) {
    super(`${what} was refused (${answer.status}): ${JSON.stringify(answer.body)}`);
  }
}

/** What the sample reads of the answer to a report. */
const filedSchema = z.object({ position: z.string(), figures: z.array(z.object({ id: z.string() })) });

export const readSample = async (): Promise<Sample> => {
  const sample: Sample = JSON.parse(
    await readFile(new URL('../../sample/in-amenas-2013.json', import.meta.url), 'utf8'),
  );
  return sample;
};

const resolved = (name: string, filed: ReadonlyMap<string, readonly string[]>): string => {
  const [ref = '', number = ''] = name.split('.');
  const id = filed.get(ref)?.[Number(number) - 1];
  if (id === undefined) throw new Error(`the sample names the figure ${name}, which is not filed before it`);
  return id;
};

/** The report as a desk would send it: figures that it builds on go by the ids that the service gave them. */
const asFiled = (report: SampleReport, filed: ReadonlyMap<string, readonly string[]>): object => {
  const { ref: _, ...rest } = report;
  return {
    ...rest,
    figures: report.figures.map((figure) =>
      figure.of === undefined ? figure : { ...figure, of: figure.of.map((name) => resolved(name, filed)) },
    ),
  };
};

/**
 * Opens the sample incident and files its reports. Each request has an idempotency key of its own, so that doing it
 * again, also after half of it, files only what is missing.
 * @throws SampleRefused with the answer that ended it
 */
export const fileSample = async (
  call: SampleCall,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<SampleFiled> => {
  const { incident, reports } = await readSample();
  const post = async (what: string, path: string, body: object, key: string) => {
    const answer = await call('POST', path, body, { 'idempotency-key': `sample-${key}` });
    if (answer.status < 200 || answer.status >= 300) throw new SampleRefused(what, answer);
    return answer;
  };
  await post('Opening the incident', '/v1/incidents', incident, incident.slug);

  const filed = new Map<string, readonly string[]>();
  let repeated = 0;
  let figures = 0;
  let position = '0';
  for (const report of reports) {
    const path = `/v1/incidents/${incident.slug}/reports`;
    const answer = await post(`Report ${report.ref}`, path, asFiled(report, filed), report.ref);
    const body = filedSchema.parse(answer.body);
    filed.set(
      report.ref,
      body.figures.map(({ id }) => id),
    );
    if (answer.headers['idempotency-replayed'] === 'true') repeated += 1;
    figures += body.figures.length;
    position = body.position;
    onProgress(filed.size, reports.length);
  }
  return { incident: incident.slug, reports: reports.length, figures, repeated, position };
};
