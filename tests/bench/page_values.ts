/** What a page of the server shows, read from its HTML, so that a peer can draw the same page. */
export interface PageValues {
  /** The props of its island. */
  view: Record<string, unknown>;
  /** Of scripts, to preload. */
  scripts: string[];
  style: string;
}

/** Throws when the HTML is not the host page. */
export function valuesOf(html: string): PageValues {
  const json = /<script type="application\/json" id="fresh-islands">(.*?)<\/script>/.exec(html)
    ?.[1];
  const islands: [url: string, name: string, props: Record<string, unknown>][] = json
    ? JSON.parse(json)
    : [];
  const view = islands.find(([, name]) => name === "HostView")?.[2];
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  if (!view || !style) throw new Error(`this is not the host page: ${html.slice(0, 200)}`);
  const scripts = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)]
    .flatMap(([, href]) => href ?? []);
  return { view, scripts, style };
}
