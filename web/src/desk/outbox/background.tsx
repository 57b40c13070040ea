import { useAccess } from '../../access.js';
import { useSession } from '../../api/use-session.js';
import { deskHref } from '../../router.js';
import { numbers } from '../../words/locale.js';
import { linksAfter } from '../links-after.js';
import { useOutbox } from './use-outbox.js';

/** Sends on, on any other page, what was filed on a desk's; and says so while something waits. */
export default function BackgroundOutbox() {
  const { key } = useAccess();
  const session = useSession(key);
  const outbox = useOutbox({
    key,
    desk: session?.desk ?? null,
    live: session !== null,
    onFiled: (filing) => {
      for (const link of linksAfter(filing)) outbox.add(link);
    },
    // It stays in the list of the desk's page, with the reason.
    onRefused: () => undefined,
  });
  const [first] = outbox.filings;
  if (first === undefined) return null;
  const refused = outbox.filings.filter((filing) => filing.refused === true).length;
  const waiting = outbox.filings.length - refused;
  return (
    <p class="waiting-badge" role="status" data-waiting={waiting}>
      {waiting > 0 &&
        (waiting === 1 ? '1 filing waits to be sent' : `${numbers.count(waiting)} filings wait to be sent`)}
      {waiting > 0 && refused > 0 && ', '}
      {refused > 0 && (refused === 1 ? '1 filing was refused' : `${numbers.count(refused)} filings were refused`)}
      {'. '}
      <a href={deskHref(first.slug)}>To the desk</a>
    </p>
  );
}
