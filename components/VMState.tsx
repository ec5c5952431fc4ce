import type { Listed } from "@/components/listed.ts";
import { duration } from "@/components/format.ts";
import { reasonWords } from "@/components/reason.ts";
import { StateBadge } from "@/components/StateBadge.tsx";

/** The state with libvirt's reason and since when. `now` is the server's clock in ms. */
export function VMState({ vm, now }: { vm: Listed; now: number }) {
  const running = vm.status === "running" && vm.startedAt !== null;
  const since = running ? vm.startedAt ?? 0 : Date.parse(vm.lastStateChange);
  const reason = reasonWords(vm.reason);
  return (
    <p class="vm-state">
      <StateBadge status={vm.status} />
      {reason === "" ? null : <span class="soft">{reason}</span>}
      <span class="soft">
        {running ? "up " : "for "}
        <time dateTime={new Date(since).toISOString()} title={utc(since)}>
          {duration((now - since) / 1000)}
        </time>
      </span>
    </p>
  );
}

/** A moment in words that are the same on the server and everywhere. */
function utc(milliseconds: number): string {
  return `since ${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
