import type { Account } from "@/protocol/mod.ts";
import { NOTHING } from "@/components/format.ts";
import { day, moment } from "@/components/moment.ts";
import { AccessWords } from "@/components/users/AccessWords.tsx";
import { users } from "@/texts/mod.ts";

interface Props {
  accounts: Account[];
  /** The name of whoever looks. */
  self: string;
}

/**
 * Who may sign in. The roles repeat what the elements mean already, because browsers forget it where
 * a narrow page lays rows out as cards.
 */
export function UserTable({ accounts, self }: Props) {
  return (
    <table role="table" class="users" aria-label={users.title}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">{users.name}</th>
          <th role="columnheader" scope="col">{users.mayDo}</th>
          <th role="columnheader" scope="col">{users.lastSignIn}</th>
          <th role="columnheader" scope="col">{users.since}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {accounts.map((account) => (
          <Row key={account.name} account={account} self={account.name === self} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ account, self }: { account: Account; self: boolean }) {
  const { name, disabled, createdAt, signedInAt } = account;
  return (
    <tr role="row" data-user={name} class={disabled ? "user-disabled" : undefined}>
      <th role="rowheader" scope="row" class="cell-user">
        <a href={`/users/${encodeURIComponent(name)}`}>{name}</a>
        {self ? <span class="soft">{users.thatIsYou}</span> : null}
        {disabled ? <span class="tag tag-bad">{users.disabled}</span> : null}
      </th>
      <td role="cell" class="cell-access">
        <AccessWords account={account} />
      </td>
      <td role="cell" class="cell-when" data-label={users.lastSignIn}>
        {signedInAt === null ? NOTHING : <time datetime={signedInAt}>{moment(signedInAt)}</time>}
      </td>
      <td role="cell" class="cell-when" data-label={users.since}>
        <time datetime={createdAt}>{day(createdAt)}</time>
      </td>
    </tr>
  );
}
