import { page } from "fresh";
import { Head } from "fresh/runtime";
import { UserTable } from "@/components/users/UserTable.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
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
      <title>Users · virtglass</title>
    </Head>
    <header class="users-head">
      <h1>Users</h1>
      <a class="button button-main" href="/users/new">Add a user</a>
    </header>
    {removed === null || accounts.some(({ name }) => name === removed)
      ? null
      : <p class="outcome outcome-done" role="status">User {removed} is deleted.</p>}
    <UserTable accounts={accounts} self={self} />
  </div>
));
