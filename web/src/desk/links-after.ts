import { linksPath } from '../api/paths.js';
import type { ReportDraft } from './draft.js';
import { randomKey } from './outbox/random-key.js';
import type { WaitingFiling } from './outbox/waiting-filing.js';
import { originOf } from './speakers.js';

/** Origins that the desk said are one: linked once the report that names them is in the log. */
export function linksAfter(filing: WaitingFiling): readonly WaitingFiling[] {
  const draft = filing.draft as ReportDraft | undefined;
  if (draft === undefined) return [];
  const chains = [
    draft.attribution,
    ...draft.figures.flatMap(({ attribution }) => (attribution === null ? [] : [attribution])),
  ];
  return chains.flatMap(([speaker, relay]) => {
    if (speaker === undefined || speaker.sameAs === '') return [];
    const origins = [originOf(speaker, relay?.name || draft.outlet), speaker.sameAs];
    const body = JSON.stringify({ origins, reason: `The desk, filing ${draft.outlet}, says that they are one.` });
    return [
      {
        id: randomKey(),
        slug: filing.slug,
        path: linksPath(filing.slug),
        body,
        label: `${origins.join(' and ')} are one origin`,
        at: Date.now(),
        desk: filing.desk,
      },
    ];
  });
}
