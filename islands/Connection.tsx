import { useEffect, useRef } from "preact/hooks";
import type { Connectivity } from "@/protocol/mod.ts";
import { Countdown } from "@/components/Countdown.tsx";
import { hostIn } from "@/components/host_in.ts";
import type { Link } from "@/islands/hooks/link.ts";
import { onDemand } from "@/islands/hooks/on_demand.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { link as texts } from "@/texts/mod.ts";

const TOPICS = ["events", "host"];

/**
 * How the page hangs on the server, in the bar of every page; says nothing before the first word. It
 * is what every page has, so it also tells of what goes wrong elsewhere, and listens for keys.
 */
export function Connection(props: { libvirt: Connectivity }) {
  const connected = useRef(props.libvirt.connected);
  useEffect(onDemand, []);
  const link = useEvents(TOPICS, (message) => {
    const host = hostIn(message);
    const before = connected.current;
    connected.current = host?.libvirt.connected ?? before;
    if (connected.current === before && message.type !== "event") return;
    void import("@/islands/hooks/tell.ts").then(({ tell }) => tell(message));
  });
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
      return <>{texts.live}</>;
    case "waiting":
      return (
        <>
          {texts.reconnecting}
          <Countdown until={link.until} />
        </>
      );
    case "offline":
      return <>{texts.offline}</>;
    case "ended":
      return link.code === 4401
        ? <a href={`/login?next=${encodeURIComponent(location.pathname)}`}>{texts.signInAgain}</a>
        : <>{texts.said(link.reason)}</>;
  }
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
