import { duration } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import { FormToken } from "@/components/FormToken.tsx";
import { account } from "@/texts/mod.ts";

/** A session as its user sees it; times are Unix ms. */
export interface ListedSession {
  id: string;
  browser: boolean;
  device: string | null;
  address: string | null;
  createdAt: number;
  usedAt: number;
}

interface Props {
  sessions: ListedSession[];
  /** The id of the one that asks. */
  own: string;
  /** The server's clock in ms. */
  now: number;
}

/** Where somebody is signed in, with a way to end each. */
export function SessionList({ sessions, own, now }: Props) {
  return (
    <ul class="account-list">
      {sessions.map((session) => (
        <li key={session.id} data-session={session.id}>
          <div>
            <p class="account-name">
              {session.device === null ? account.unknownDevice : account.device(session.device)}
              {session.id === own ? <span class="tag">{account.thisSession}</span> : null}
              {session.browser ? null : <span class="tag">API</span>}
            </p>
            <p class="soft">
              {session.address === null ? null : `${session.address}, `}
              {account.signedIn(moment(new Date(session.createdAt).toISOString()))},{" "}
              {used(session, now)}
            </p>
          </div>
          {session.id === own ? null : (
            <form method="post" action="/account/sessions">
              <FormToken />
              <input type="hidden" name="id" value={session.id} />
              <button type="submit" class="button button-danger">
                {account.end}
                <span class="hidden">{account.ofDevice(session.device)}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}

function used({ usedAt }: ListedSession, now: number): string {
  const seconds = (now - usedAt) / 1000;
  return seconds < 90 ? account.inUse : account.lastUsed(duration(seconds));
}
