import { Brand } from "@/components/Brand.tsx";
import { FormToken, PageToken } from "@/components/FormToken.tsx";
import { Connection } from "@/islands/Connection.tsx";
import { LibvirtBanner } from "@/islands/LibvirtBanner.tsx";
import { may } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

/** The bar above every page of somebody who is signed in. */
export default define.layout(({ Component, state }) => {
  if (state.session === null) return <Component />;
  const { user } = state.session;
  const host = state.services.host.snapshot(state.session);
  return (
    <PageToken.Provider value={state.session.csrf ?? null}>
      <a class="skip button" href="#content">Skip to the content</a>
      <header class="bar">
        <a class="home" href="/" aria-label={`virtglass, host ${host.name}`}>
          <Brand />
          <span class="bar-host">{host.name}</span>
        </a>
        <nav class="bar-links" aria-label="Pages">
          <a href="/recordings">Recordings</a>
          {may(state.session, "users", null) ? <a href="/users">Users</a> : null}
          {may(state.session, "audit", null) ? <a href="/audit">Audit log</a> : null}
        </nav>
        <div class="bar-end">
          <Connection />
          <form class="who" method="post" action="/logout">
            <FormToken />
            <a class="who-name" href="/account">
              {user.name} <span class="who-role">{user.role ?? "single VMs"}</span>
            </a>
            <button type="submit" class="button button-bare">Sign out</button>
          </form>
        </div>
      </header>
      <LibvirtBanner libvirt={host.libvirt} now={Date.now()} />
      <main class="page" id="content" tabindex={-1}>
        <Component />
      </main>
    </PageToken.Provider>
  );
});
