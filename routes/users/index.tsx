import { page } from "fresh";
import { Head } from "fresh/runtime";
import { UserTable } from "@/components/users/UserTable.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { users } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ state, url }) {
    const session = signedIn(state);
    return page({
      accounts: state.services.accounts.list(session),
      self: session.user.name,
      removed: url.searchParams.get("removed"),
    });
  },
});

export default define.page<typeof handler>(({ data: { accounts, self, removed } }) => (
  <div class="users-page">
    <Head>
      <title>{`${users.title} · virtglass`}</title>
    </Head>
    <header class="users-head">
      <h1>{users.title}</h1>
      <a class="button button-main" href="/users/new">{users.add}</a>
    </header>
    {removed === null || accounts.some(({ name }) => name === removed)
      ? null
      : <p class="outcome outcome-done" role="status">{users.removed(removed)}</p>}
    <UserTable accounts={accounts} self={self} />
  </div>
));
