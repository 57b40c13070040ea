const incidents = '/v1/incidents';

const query = (members: Readonly<Record<string, string | number | null | undefined>>): string => {
  const given = Object.entries(members).filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
};

const of = (slug: string): string => `${incidents}/${encodeURIComponent(slug)}`;

export const incidentsPath = (members: { q?: string; after?: string | null; limit?: number }): string =>
  `${incidents}${query(members)}`;
export const incidentPath = (slug: string): string => of(slug);
export const tallyPath = (
  slug: string,
  members: { at?: string; publishedBy?: string; method?: string; lang?: string } = {},
): string => `${of(slug)}/tally${query(members)}`;
export const methodsPath = (slug: string): string => `${of(slug)}/methods`;
export const cellPath = (slug: string, cell: string, members: { method?: string } = {}): string =>
  `${of(slug)}/cells/${encodeURIComponent(cell)}${query(members)}`;
export const revisionsPath = (
  slug: string,
  members: { cell?: string; after?: string | null; limit?: number; order?: 'asc' | 'desc' },
): string => `${of(slug)}/revisions${query(members)}`;
export const figuresPath = (
  slug: string,
  members: { cell?: string; after?: string | null; limit?: number; order?: 'asc' | 'desc' },
): string => `${of(slug)}/figures${query(members)}`;
export const reportsPath = (slug: string): string => `${of(slug)}/reports`;
export const reportPath = (slug: string, id: string): string => `${of(slug)}/reports/${encodeURIComponent(id)}`;
export const reportRetractionPath = (slug: string, id: string): string => `${reportPath(slug, id)}/retraction`;
export const figureActPath = (
  slug: string,
  id: string,
  act: 'correction' | 'retraction' | 'denial' | 'reinstatement',
): string => `${of(slug)}/figures/${encodeURIComponent(id)}/${act}`;
export const explanationPath = (slug: string, revision: string): string =>
  `${of(slug)}/revisions/${encodeURIComponent(revision)}/explanation`;
export const linksPath = (slug: string, members: { limit?: number } = {}): string =>
  `${of(slug)}/links${query(members)}`;
export const linkPath = (slug: string, id: string): string => `${linksPath(slug)}/${encodeURIComponent(id)}`;
export const gradesPath = (slug: string, members: { limit?: number } = {}): string =>
  `${of(slug)}/grades${query(members)}`;
export const pinPath = (slug: string, cell: string): string => `${of(slug)}/pins/${encodeURIComponent(cell)}`;
export const eventsPath = (slug: string, members: { limit?: number } = {}): string =>
  `${of(slug)}/events${query(members)}`;
export const incidentFeedPath = (slug: string): string => `${of(slug)}/feed`;
export const feedPath = (slugs: readonly string[]): string => `/v1/feed${query({ incidents: slugs.join(',') })}`;
export const exportPath = (slug: string, members: { format: string; table?: string }): string =>
  `${of(slug)}/export${query(members)}`;
export const readyPath = '/health/ready';
export const sessionPath = '/v1/session';
