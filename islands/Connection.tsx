import type { Link } from "@/islands/hooks/link.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useNow } from "@/islands/hooks/useNow.ts";

/** How the page hangs on the server, in the bar of every page. Says nothing before the first word. */
export function Connection() {
  const link = useEvents([], () => {});
  return (
    <span class={`link link-${link.kind}`} data-link={link.kind} role="status">
      {link.kind === "connecting" ? null : <Dot full={link.kind === "live"} />}
      <span>
        <Words link={link} />
      </span>
    </span>
  );
}

function Words({ link }: { link: Link }) {
  switch (link.kind) {
    case "connecting":
      return null;
    case "live":
      return <>Live</>;
    case "waiting":
      return <Reconnecting until={link.until} />;
    case "offline":
      return <>Offline</>;
    case "ended":
      return link.code === 4401
        ? <a href={`/login?next=${encodeURIComponent(location.pathname)}`}>Signed out: sign in</a>
        : <>{link.reason}</>;
  }
}

function Reconnecting({ until }: { until: number }) {
  useNow(0);
  const seconds = Math.ceil((until - Date.now()) / 1000);
  return (
    <>
      Reconnecting {/* A screen reader hears that it reconnects, not every second of it. */}
      <span aria-hidden="true">{seconds > 0 ? `in ${seconds} s` : "…"}</span>
    </>
  );
}

function Dot({ full }: { full: boolean }) {
  return (
    <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
      {full
        ? <circle cx="6" cy="6" r="5" fill="currentColor" />
        : <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5" />}
    </svg>
  );
}
