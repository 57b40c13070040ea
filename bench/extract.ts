// `npm run bench:extract [-- FILE_OR_DIR…]`: how well figures are read out of articles, as precision and recall, and
// every one that was missed or wrong.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, join } from 'node:path';
import type { ExpectedArticle, ExpectedFigure, Score } from './extract-score.ts';
import type { Proposal } from '../web/src/extract/article.ts';

// The pages' sources name each other as they will be built, `.js`; Node runs them as they stand.
registerHooks({
  resolve(specifier, context, next) {
    const inPages = context.parentURL?.includes('/web/src/') === true && specifier.startsWith('.');
    return next(inPages ? specifier.replace(/\.js$/u, '.ts') : specifier, context);
  },
});
const { scoreArticle } = await import('./extract-score.ts');

const setsDirectory = new URL('../test/web/extract/', import.meta.url).pathname;
const ownSets = [
  'set-a',
  'set-b',
  'set-c',
  'set-d',
  'set-e',
  'set-f',
  'set-g',
  'set-h',
  'set-i',
  'set-j',
  'set-k',
  'set-l',
  'set-m',
  'set-n',
  'set-o',
].map((name) => join(setsDirectory, name));

const filesOf = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .flatMap((name) => filesOf(join(path, name)))
    : path.endsWith('.json')
      ? [path]
      : [];

function readArticles(path: string): readonly (readonly [string, ExpectedArticle])[] {
  return filesOf(path).flatMap((file) => {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const articles = (Array.isArray(parsed) ? parsed : [parsed]) as ExpectedArticle[];
    return articles.map(
      (article, index) =>
        [articles.length > 1 ? `${basename(file, '.json')}[${index}]` : basename(file, '.json'), article] as const,
    );
  });
}

const cellText = (figure: ExpectedFigure | Proposal): string =>
  [
    figure.measure,
    figure.group ?? `side:${figure.side}`,
    ...Object.entries(figure.breakdown ?? {}).map((entry) => entry.join('=')),
  ].join('/');

const quantityText = (figure: ExpectedFigure | Proposal): string => Object.values(figure.quantity).join(' ');

function expectedText(figure: ExpectedFigure): string {
  const speakers = [figure.speaker ?? figure.attribution?.[0] ?? []].flat();
  return `${cellText(figure)}  ${quantityText(figure)}  ${[figure.basis ?? 'total'].flat().join('|')}  ${speakers.map(({ name, kind }) => `${name} (${kind})`).join(' | ')}`;
}

const proposalText = (proposal: Proposal): string =>
  `${cellText(proposal)}  ${quantityText(proposal)}  ${proposal.basis}  ${proposal.attribution[0]?.name} (${proposal.attribution[0]?.kind})  "${proposal.words}" ${proposal.confidence} [${proposal.rules.join(', ')}]`;

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));

function report(path: string): Score[] {
  const scores: Score[] = [];
  console.log(`\n${path}`);
  for (const [name, article] of readArticles(path)) {
    const score = scoreArticle(article);
    scores.push(score);
    if (score.wrong.length + score.missed.length > 0) console.log(`  ${name}`);
    for (const figure of score.missed) console.log(`    missed  ${expectedText(figure)}`);
    for (const proposal of score.wrong) console.log(`    wrong   ${proposalText(proposal)}`);
  }
  summary(scores);
  return scores;
}

function summary(scores: readonly Score[]): void {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const [right, wrong, found, expected] = [
    sum((score) => score.right.length),
    sum((score) => score.wrong.length),
    sum((score) => score.found),
    sum((score) => score.expected),
  ];
  console.log(
    `  ${scores.length} articles: precision ${share(right, right + wrong)} (${right} of ${right + wrong} proposals), recall ${share(found, expected)} (${found} of ${expected} figures)`,
  );
}

const wanted = process.argv.slice(2);
const paths =
  wanted.length > 0 ? wanted : ownSets.filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
const all = paths.flatMap(report);
if (paths.length > 1) {
  console.log('\nall');
  summary(all);
}
