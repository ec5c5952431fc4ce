import { Brand } from "@/components/Brand.tsx";
import { PageToken } from "@/components/FormToken.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Navigation } from "@/components/Navigation.tsx";
import { OWN_PLACES, PLACES, placesFor } from "@/components/places.ts";
import { Toasts } from "@/components/Toasts.tsx";
import { UserMenu } from "@/components/UserMenu.tsx";
import { Connection } from "@/islands/Connection.tsx";
import { LibvirtBanner } from "@/islands/LibvirtBanner.tsx";
import { pathAndQuery } from "@/routes/(_shared)/address.ts";
import { readLook } from "@/routes/(_shared)/look.ts";
import { may, type OwnOperation } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";
import { bar } from "@/texts/mod.ts";

/** The bar above every page of somebody who is signed in. */
export default define.layout(({ Component, state, req, url }) => {
  if (state.session === null) return <Component />;
  const { session } = state;
  const { user } = session;
  const host = state.services.host.snapshot(session);
  const open = (operation: OwnOperation) => may(session, operation, null);
  return (
    <PageToken.Provider value={session.csrf ?? null}>
      <a class="skip button" href="#content">{bar.skip}</a>
      <header class="bar">
        <a class="home" href="/">
          <Brand />
          <span class="bar-host">{host.name}</span>
        </a>
        <Navigation path={url.pathname} places={placesFor(PLACES, open)} />
        <div class="bar-end">
          <Connection libvirt={host.libvirt} />
          <a class="tool-link" href="/activity" data-on="notices">
            <Icon name="bell" />
            <span class="hidden">{bar.notices}</span>
          </a>
          <UserMenu
            user={user}
            places={placesFor(OWN_PLACES, open)}
            look={readLook(req)}
            address={pathAndQuery(url)}
          />
        </div>
      </header>
      <LibvirtBanner libvirt={host.libvirt} now={Date.now()} />
      <main class="page" id="content" tabindex={-1}>
        <Component />
      </main>
      <div id="toasts">
        <Toasts notices={[]} />
      </div>
    </PageToken.Provider>
  );
});
