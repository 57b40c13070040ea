import { sessionPath } from './paths.js';
import { errorOf, RequestError, unreachable } from './request.js';
import type { Session } from './shapes.js';

/*
 * The key itself is in a cookie that no script can read. What is kept here is only that, and as what, this browser
 * signed in.
 */

const name = 'tollbook.session';

/** As what this browser signed in last; `null` where it did not, or signed out. */
export function rememberedSession(): string | null {
  try {
    return globalThis.localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(session: string | null): void {
  try {
    if (session === null) globalThis.localStorage.removeItem(name);
    else globalThis.localStorage.setItem(name, session);
  } catch {
    // The cookie does without.
  }
}

/** Signs in with a key, or out. @returns a mark that is another one after each sign-in. @throws RequestError */
export async function signIn(key: string | null): Promise<string | null> {
  const init =
    key === null
      ? { method: 'DELETE' }
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) };
  let response: Response;
  try {
    response = await fetch(sessionPath, init);
  } catch {
    throw new RequestError(unreachable);
  }
  if (!response.ok) throw await errorOf(response);
  const { role, desk } = (await response.json()) as Session;
  const mark = key === null ? null : `${role} ${desk ?? ''} ${Date.now()}`;
  remember(mark);
  return mark;
}
