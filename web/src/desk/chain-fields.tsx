import { useState } from 'preact/hooks';
import { numbers } from '../words/locale.js';
import { kindChoices, kindExample } from './choices.js';
import { lists, mayEdit, useDesk } from './desk-context.js';
import { noLink, type LinkDraft } from './draft.js';
import { SelectField, TextField, Tick } from './field.js';
import { maybeSame, originOf, sameName, type EarlierSpeaker } from './speakers.js';

const linksMax = 10;
/** Earlier speakers that are asked about. */
const askedMax = 3;

interface ChainProps {
  readonly links: readonly LinkDraft[];
  readonly onLinks: (links: readonly LinkDraft[]) => void;
  /** JSON Pointer of the chain. */
  readonly at: string;
  readonly outlet: string;
}

/** Who said it, and through whom it came: the speaker first. */
export function ChainFields({ links, onLinks, at, outlet }: ChainProps) {
  const set = (place: number, link: LinkDraft): void => {
    onLinks(links.map((each, other) => (other === place ? link : each)));
  };
  return (
    <div class="chain">
      {links.map((link, place) => (
        // The place is the link's identity: chains are short, and a link moves only when one before it goes.
        <div key={place} class="chain-link">
          {place === 0 ? (
            <SpeakerFields
              link={link}
              at={at}
              relay={links[1]?.name || outlet}
              onLink={(changed) => {
                set(0, changed);
              }}
            />
          ) : (
            <RelayFields
              link={link}
              at={`${at}/${place}`}
              onLink={(changed) => {
                set(place, changed);
              }}
              onRemove={() => {
                onLinks(links.filter((_, other) => other !== place));
              }}
            />
          )}
        </div>
      ))}
      {links.length < linksMax && (
        <button
          type="button"
          class="link"
          onClick={() => {
            onLinks([...links, { ...noLink, kind: 'press' }]);
          }}
        >
          Add who relayed it
        </button>
      )}
    </div>
  );
}

interface SpeakerProps {
  readonly link: LinkDraft;
  readonly at: string;
  /** Who relays it, or the outlet. */
  readonly relay: string;
  readonly onLink: (link: LinkDraft) => void;
}

const isNamed = (link: { readonly named?: boolean }): boolean => link.named !== false;

/** The name as typed; what is known of an earlier speaker of that name comes with it, and goes with it. */
function named(link: LinkDraft, name: string, speakers: readonly EarlierSpeaker[]): LinkDraft {
  const earlier = sameName(name, speakers);
  if (earlier !== null) {
    const { kind, id = '', body = '' } = earlier.link;
    return { ...link, name, kind, named: isNamed(earlier.link), id, body, takenFrom: earlier.link.name, sameAs: '' };
  }
  return link.takenFrom === ''
    ? { ...link, name, sameAs: '' }
    : { ...link, name, id: '', body: '', takenFrom: '', sameAs: '' };
}

function SpeakerFields({ link, at, relay, onLink }: SpeakerProps) {
  const { speakers } = useDesk();
  return (
    <>
      <div class="chain-fields">
        <TextField
          label="Who said it"
          pointer={`${at}/0/name`}
          list={lists.speakers}
          required
          value={link.name}
          onValue={(name) => {
            onLink(named(link, name, speakers));
          }}
        />
        <SelectField
          label="Kind of source"
          pointer={`${at}/0/kind`}
          hint={kindExample(link.kind)}
          none="Choose…"
          options={kindChoices}
          value={link.kind}
          onValue={(kind) => {
            onLink({ ...link, kind });
          }}
        />
      </div>
      <SameOrigin link={link} relay={relay} onLink={onLink} />
      <div class="chain-more">
        <Tick
          checked={!link.named}
          onChecked={(unnamed) => {
            onLink({ ...link, named: !unnamed });
          }}
        >
          not named
        </Tick>
        <details class="identity" open={link.id !== '' || link.body !== ''}>
          <summary>Identity{link.id !== '' && <span class="quiet-text"> {link.id}</span>}</summary>
          <div class="chain-fields">
            <TextField
              label="Origin’s id"
              pointer={`${at}/0/id`}
              hint="Speakers of one id are one origin."
              value={link.id}
              onValue={(id) => {
                onLink({ ...link, id });
              }}
            />
            <TextField
              label="Body that it belongs to"
              pointer={`${at}/0/body`}
              hint="Speakers of one body do not confirm each other."
              value={link.body}
              onValue={(body) => {
                onLink({ ...link, body });
              }}
            />
          </div>
        </details>
      </div>
    </>
  );
}

interface SameProps {
  readonly link: LinkDraft;
  readonly relay: string;
  readonly onLink: (link: LinkDraft) => void;
}

/** Asks whether a new name is that of an origin that was heard before: two names of one origin would count as two. */
function SameOrigin({ link, relay, onLink }: SameProps) {
  const { speakers, session } = useDesk();
  const [no, setNo] = useState<ReadonlySet<string>>(new Set());
  const own = originOf(link, relay);
  if (link.sameAs !== '')
    return (
      <p class="same-origin">
        To be linked with “{link.sameAs}” once this is filed.{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            onLink({ ...link, sameAs: '' });
          }}
        >
          Do not link
        </button>
      </p>
    );
  const asked = maybeSame(link, relay, speakers).filter(({ origin }) => !no.has(`${own}\n${origin}`));
  if (asked.length === 0) return null;
  return (
    <div class="same-origin" role="group" aria-label="Same origin?">
      <p>
        <strong>Same origin?</strong> If so, it is no second source.
      </p>
      <ul>
        {asked.slice(0, askedMax).map((earlier) => (
          <li key={earlier.origin}>
            <span>
              {earlier.link.name}
              <span class="quiet-text">
                {earlier.origin.includes(' @ ') && `, of ${earlier.origin.split(' @ ')[1] ?? ''}`}
                {earlier.link.id !== undefined && ` (${earlier.link.id})`},{' '}
                {earlier.figures === 1 ? '1 figure' : `${numbers.count(earlier.figures)} figures`}
              </span>
            </span>
            <span class="same-answers">
              <SameAnswer earlier={earlier} link={link} mayLink={mayEdit(session)} onLink={onLink} />
              <button
                type="button"
                class="link"
                aria-label={`No, ${link.name} is not ${earlier.link.name}`}
                onClick={() => {
                  setNo(new Set([...no, `${own}\n${earlier.origin}`]));
                }}
              >
                No
              </button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface AnswerProps {
  readonly earlier: EarlierSpeaker;
  readonly link: LinkDraft;
  readonly mayLink: boolean;
  readonly onLink: (link: LinkDraft) => void;
}

/** An id joins at once; without one an editor links the two origins, or the desk files under the earlier name. */
function SameAnswer({ earlier: { link: earlier, origin }, link, mayLink, onLink }: AnswerProps) {
  const { id, body = '' } = earlier;
  const answer = (text: string, changed: LinkDraft) => (
    <button
      type="button"
      class="link"
      aria-label={`${text}: ${link.name} is ${earlier.name}, ${origin}`}
      onClick={() => {
        onLink(changed);
      }}
    >
      {text}
    </button>
  );
  if (id !== undefined)
    return answer('Yes, the same', { ...link, id, body, kind: link.kind === '' ? earlier.kind : link.kind });
  return (
    <>
      {mayLink && answer('Yes: link them', { ...link, sameAs: origin })}
      {isNamed(earlier) &&
        answer('Yes: use that name', { ...link, name: earlier.name, kind: earlier.kind, takenFrom: earlier.name })}
      {!mayLink && !isNamed(earlier) && <span class="small">an editor can link them</span>}
    </>
  );
}

interface RelayProps {
  readonly link: LinkDraft;
  readonly at: string;
  readonly onLink: (link: LinkDraft) => void;
  readonly onRemove: () => void;
}

const RelayFields = ({ link, at, onLink, onRemove }: RelayProps) => (
  <div class="chain-fields chain-relay">
    <TextField
      label="Relayed by"
      pointer={`${at}/name`}
      list={lists.relays}
      value={link.name}
      onValue={(name) => {
        onLink({ ...link, name });
      }}
    />
    <SelectField
      label="Kind of relay"
      pointer={`${at}/kind`}
      none="Choose…"
      options={kindChoices}
      value={link.kind}
      onValue={(kind) => {
        onLink({ ...link, kind });
      }}
    />
    <button type="button" class="link" aria-label={`Remove the relay ${link.name}`} onClick={onRemove}>
      Remove
    </button>
  </div>
);
