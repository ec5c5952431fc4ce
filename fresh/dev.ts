import { development } from "./assets.ts";

/** In development every page listens for changes; empty otherwise. */
export const devScript: string = development
  ? `<script type="module" src="/_fresh/dev.js"></script>`
  : "";

/** The listening script and what it listens to, in development; null for other addresses. */
export function devResponse(request: Request, pathname: string): Response | null {
  if (!development) return null;
  if (pathname === "/_fresh/dev.js") {
    return new Response(listen, { headers: { "content-type": "text/javascript; charset=utf-8" } });
  }
  if (pathname === "/_fresh/changes") {
    return new Response(changes(development, request.signal), {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    });
  }
  return null;
}

// A second "open" means that the server was restarted, with other code.
const listen = `
let opened = false;
const changes = new EventSource("/_fresh/changes");
changes.onopen = () => opened ? location.reload() : opened = true;
changes.onmessage = () => location.reload();
addEventListener("pagehide", () => changes.close());
`;

/** An event for every new build of the browser's files. */
function changes(folder: string, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const event = new TextEncoder().encode("data: changed\n\n");
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("retry: 200\n\n"));
      const watcher = Deno.watchFs(folder, { recursive: false });
      stop = () => {
        stop = () => {};
        watcher.close();
      };
      signal.addEventListener("abort", () => stop(), { once: true });
      void (async () => {
        for await (const { paths } of watcher) {
          if (paths.some((path) => path.endsWith("/manifest.json"))) controller.enqueue(event);
        }
      })();
    },
    cancel: () => stop(),
  });
}
