import { useState } from "preact/hooks";
import type { Connectivity } from "@/protocol/mod.ts";
import { duration } from "@/components/format.ts";
import { hostIn } from "@/components/host_in.ts";
import { WarningSign } from "@/components/WarningSign.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { link } from "@/texts/mod.ts";

interface Props {
  libvirt: Connectivity;
  /** The server's clock in ms. */
  now: number;
}

/** Says on every page that libvirt does not answer, since when, and what to do; else nothing. */
export function LibvirtBanner(props: Props) {
  const [{ libvirt, now }, setState] = useState(props);
  useEvents(["host"], (message) => {
    const host = hostIn(message);
    if (host) setState({ libvirt: host.libvirt, now: Date.parse(message.timestamp) });
  });
  const since = (useNow(now) - Date.parse(libvirt.since)) / 1000;
  return (
    <div class="banner" role="status">
      {libvirt.connected ? null : (
        <div class="notice" data-banner="libvirt">
          <WarningSign />
          <div>
            <p class="notice-title">
              {link.silent} <span aria-hidden="true">{link.silentFor(duration(since))}</span>
            </p>
            <p class="notice-note">{link.said(libvirt.message ?? "")}</p>
            <p class="notice-note">{link.lastKnown}</p>
          </div>
        </div>
      )}
    </div>
  );
}
