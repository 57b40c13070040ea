import { useAccess } from '../access.js';
import type { Problem, Session } from '../api/shapes.js';
import { KeyForm } from '../parts/key-form.js';

const filers = new Set(['desk', 'editor', 'admin', 'all']);

const needed: Problem = {
  type: 'about:blank',
  title: 'Sign in to file',
  status: 401,
  detail: 'Filing takes a key of the role desk; linking origins and pinning takes editor. Drafts are kept meanwhile.',
};

/** As which desk this browser files, or the sign-in where it may not. */
export function WhoFiles({ session }: { session: Session | null }) {
  const { giveKey } = useAccess();
  if (session === null) return null;
  if (!filers.has(session.role)) return <KeyForm problem={needed} title={needed.title} />;
  const { role, desk, person } = session;
  return (
    <p class="small who-files">
      Filing as {person === null ? desk : `${person}, ${desk ?? ''}`}
      {role === 'all' ? ', from this machine' : `, ${role}`}
      {role !== 'all' && (
        <>
          {' · '}
          <button type="button" class="link-button" onClick={() => void giveKey(null).catch(() => undefined)}>
            Sign out
          </button>
        </>
      )}
    </p>
  );
}
