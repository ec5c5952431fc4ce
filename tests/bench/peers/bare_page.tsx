// deno run -A bare_page.tsx VALUES PORT: Hono and Preact and nothing else, drawing the host page of
// the values (JSON: what the server's own page holds) from the same components. No session, no
// headers, no islands machinery; its HTML is as long as the server's.
import { Hono } from "hono";
import type { ComponentProps } from "preact";
import { renderToString } from "preact-render-to-string";
import { Brand } from "@/components/Brand.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Navigation } from "@/components/Navigation.tsx";
import { OWN_PLACES, PLACES } from "@/components/places.ts";
import { UserMenu } from "@/components/UserMenu.tsx";
import { Connection } from "@/islands/Connection.tsx";
import { HostView } from "@/islands/HostView.tsx";
import { LibvirtBanner } from "@/islands/LibvirtBanner.tsx";

interface Values {
  view: Omit<ComponentProps<typeof HostView>, "children">;
  /** Of scripts, to preload. */
  scripts: string[];
  style: string;
}

function Head({ view: { host }, scripts, style }: Values) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" type="image/svg+xml" href="/icons/virtglass.svg?v=r9r4o64gH7-K" />
      <link rel="stylesheet" href={style} />
      <title>{`${host.name} · virtglass`}</title>
      {scripts.map((script) => <link key={script} rel="modulepreload" href={script} />)}
    </head>
  );
}

function Bar({ host }: { host: Values["view"]["host"] }) {
  return (
    <header class="bar">
      <a class="home" href="/">
        <Brand />
        <span class="bar-host">{host.name}</span>
      </a>
      <Navigation path="/" places={[...PLACES]} />
      <div class="bar-end">
        <Connection libvirt={host.libvirt} />
        <a class="tool-link" href="/activity" data-on="notices">
          <Icon name="bell" />
          <span class="hidden">Notices</span>
        </a>
        <UserMenu
          user={{ name: "bench", role: "admin" }}
          places={[...OWN_PLACES]}
          look={{ theme: "system", density: "roomy", keys: "on", language: null }}
          address="/"
        />
      </div>
    </header>
  );
}

function Page(values: Values) {
  const now = Date.now();
  const view = { ...values.view, now };
  const { host } = view;
  const props = [{ user: "bench" }, { libvirt: host.libvirt, now }, view];
  const json = JSON.stringify(props).replaceAll("<", "\\u003c");
  return (
    <html lang="en">
      <Head {...values} />
      <body>
        <a class="skip button" href="#content">Skip to the content</a>
        <Bar host={host} />
        <LibvirtBanner libvirt={host.libvirt} now={now} />
        <main class="page" id="content" tabindex={-1}>
          <h1 class="hidden">Host {host.name}</h1>
          <HostView {...view}>{null}</HostView>
        </main>
        <script type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
      </body>
    </html>
  );
}

const [file = "", port = ""] = Deno.args;
const values: Values = JSON.parse(Deno.readTextFileSync(file));
const app = new Hono();
app.get("/", (c) => c.html(`<!DOCTYPE html>${renderToString(<Page {...values} />)}`));
const onListen = () => console.log("ready");
Deno.serve({ hostname: "127.0.0.1", port: Number(port), onListen }, app.fetch);
