import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import type { Filed, Incident, Problem, Tally } from '../api/shapes.js';
import { useReadiness } from '../api/use-readiness.js';
import { useSession } from '../api/use-session.js';
import { Books } from '../desk/books.js';
import { DeskContext, lists, type Desk } from '../desk/desk-context.js';
import { DeskTabs, type TabId } from '../desk/desk-tabs.js';
import { isBlankReport, type ReportDraft } from '../desk/draft.js';
import { FiledNotice, type FiledNow } from '../desk/filed-notice.js';
import { linksAfter } from '../desk/links-after.js';
import { useOutbox } from '../desk/outbox/use-outbox.js';
import type { WaitingFiling } from '../desk/outbox/waiting-filing.js';
import { ReportTab } from '../desk/report-tab.js';
import { earlierNames, earlierSpeakers } from '../desk/speakers.js';
import { useDeskFigures } from '../desk/use-desk-figures.js';
import { useDraft } from '../desk/use-draft.js';
import { WhoFiles } from '../desk/who-files.js';
import { lazyPanel } from '../parts/lazy-panel.js';
import { WaitingList } from '../desk/waiting-list.js';
import { KeyForm } from '../parts/key-form.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { StaleNotice } from '../parts/stale-notice.js';
import { incidentHref } from '../router.js';
import { numbers } from '../words/locale.js';
import { kindInWords } from '../words/sentences.js';
import { useIncident, type IncidentUse } from './use-incident.js';
import '../style/desk.css';

const CopyTab = lazyPanel(() => import('../desk/copy/copy-tab.js'));
const SheetTab = lazyPanel(() => import('../desk/spreadsheet/sheet-tab.js'));

/** Where a desk files reports and decides about what was filed. */
export default function DeskPage({ slug }: { readonly slug: string }) {
  const use = useIncident(slug);
  const { incident, tally, problem } = use;
  const readiness = useReadiness();
  const refused = problem?.status === 401 || problem?.status === 403;
  const poisoned = readiness?.poisoned.find((entry) => entry.incident === slug) ?? null;
  if (incident === null || tally === null)
    return (
      <Page title={`Desk: ${slug}`}>
        {problem === null && <p class="loading">Reading the tally…</p>}
        {problem !== null &&
          (refused ? <KeyForm problem={problem} /> : <ProblemNotice problem={problem} onRetry={use.readAgain} />)}
        <p>
          <a href="/">All incidents</a>
        </p>
      </Page>
    );
  const stale = tally.stale ?? poisoned;
  return (
    <Page
      title={`Desk: ${incident.title}`}
      connection={use.connection}
      readiness={readiness}
      stale={stale !== null}
      skip="Skip to the report"
    >
      <header class="incident-head desk-head">
        <p class="kicker">Desk</p>
        <h1>
          <a href={incidentHref(slug)}>{incident.title}</a>
        </h1>
      </header>
      <StaleNotice connection={use.connection} stale={stale} />
      {incident.status === 'closed' && (
        <p class="notice notice-stale">This incident is closed: it takes no reports until an editor reopens it.</p>
      )}
      <DeskBody use={use} incident={incident} tally={tally} />
    </Page>
  );
}

interface BodyProps {
  readonly use: IncidentUse;
  readonly incident: Incident;
  readonly tally: Tally;
}

function DeskBody({ use, incident, tally }: BodyProps) {
  const { key } = useAccess();
  const session = useSession(key);
  const [tab, setTab] = useState<TabId>('report');
  const [filed, setFiled] = useState<FiledNow | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const { figures, more } = useDeskFigures(incident.slug, key, tally.position);
  const draftUse = useDraft(incident.slug);
  const { draft, setDraft } = draftUse;
  const speakers = useMemo(() => earlierSpeakers(figures), [figures]);

  const takeBack = (filing: WaitingFiling): void => {
    setDraft(filing.draft as ReportDraft);
    setRefused(filing.problem ?? null);
    setTab('report');
    outbox.drop(filing.id);
  };
  useEffect(() => {
    // While there is a network: what waits is sent on from the other pages by this.
    import('../desk/outbox/background.js').catch(() => undefined);
  }, []);
  const outbox = useOutbox({
    key,
    desk: session?.desk ?? null,
    live: use.connection.state.phase === 'live',
    onFiled: (filing, answer: Filed) => {
      setFiled({ label: filing.label, answer });
      for (const link of linksAfter(filing)) outbox.add(link);
    },
    onRefused: (filing) => {
      if (filing.slug === incident.slug && filing.draft !== undefined && isBlankReport(draft)) takeBack(filing);
    },
  });
  const desk: Desk = { incident, figures, speakers, session, key, version: tally.position };
  return (
    <DeskContext.Provider value={desk}>
      <Completions desk={desk} />
      <WhoFiles session={session} />
      <FiledNotice
        filed={filed}
        onClose={() => {
          setFiled(null);
        }}
      />
      <WaitingList
        filings={outbox.filings}
        slug={incident.slug}
        onSendNow={outbox.flush}
        onDrop={outbox.drop}
        onTakeBack={takeBack}
      />
      <DeskTabs tab={tab} onTab={setTab}>
        {tab === 'report' && (
          <ReportTab
            use={draftUse}
            refused={refused}
            onAdd={outbox.add}
            onChanged={() => {
              setRefused(null);
            }}
          />
        )}
        {tab === 'spreadsheet' && <SheetTab />}
        {tab === 'copy' && (
          <CopyTab
            draft={draft}
            onTake={(taken) => {
              setDraft(taken);
              setTab('report');
            }}
          />
        )}
      </DeskTabs>
      <Books
        tally={tally}
        history={use.history}
        moreFigures={more}
        onEarlier={use.loadEarlier}
        onAdd={(filing) => outbox.add({ ...filing, desk: session?.desk ?? null })}
        onFiled={(label, answer) => {
          setFiled({ label, answer });
        }}
      />
    </DeskContext.Provider>
  );
}

/** What names are completed from, once for all fields. */
function Completions({ desk: { figures, speakers } }: { desk: Desk }) {
  const outlets = useMemo(() => earlierNames(figures, ({ outlet }) => [outlet]), [figures]);
  const relays = useMemo(
    () => earlierNames(figures, ({ attribution, outlet }) => [...attribution.slice(1).map(({ name }) => name), outlet]),
    [figures],
  );
  const names = [...new Map(speakers.map((speaker) => [speaker.link.name, speaker])).values()];
  return (
    <>
      <datalist id={lists.outlets}>
        {outlets.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
      <datalist id={lists.relays}>
        {relays.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
      <datalist id={lists.speakers}>
        {names.map(({ link, figures: said }) => (
          <option key={link.name} value={link.name}>
            {`${kindInWords(link.kind)}, ${numbers.count(said)}×`}
          </option>
        ))}
      </datalist>
    </>
  );
}
