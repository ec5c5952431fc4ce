import { duration } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import type { Role } from "@/protocol/mod.ts";
import { tokens as texts } from "@/texts/mod.ts";

/** An API token as its user sees it; times are Unix ms. */
export interface ListedToken {
  id: string;
  name: string;
  role: Role;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
}

/** API tokens, with a way to the question whether to revoke each. */
export function TokenList({ tokens, now }: { tokens: ListedToken[]; now: number }) {
  return (
    <ul class="account-list">
      {tokens.map(({ id, name, role, expiresAt, usedAt }) => (
        <li key={id} data-token={id}>
          <div>
            <p class="account-name">
              {name}
              <span class="tag">{role}</span>
            </p>
            <p class="soft">
              {lasting(expiresAt, now)}, {used(usedAt, now)}
            </p>
          </div>
          <a class="button button-danger" href={`/account?revoke=${encodeURIComponent(id)}`}>
            {texts.revoke}
            <span class="hidden">{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function lasting(expiresAt: number, now: number): string {
  const time = moment(new Date(expiresAt).toISOString());
  return expiresAt > now ? texts.goodUntil(time) : texts.expired(time);
}

function used(usedAt: number | null, now: number): string {
  if (usedAt === null) return texts.neverUsed;
  const seconds = (now - usedAt) / 1000;
  return seconds < 90 ? texts.justUsed : texts.lastUsed(duration(seconds));
}
