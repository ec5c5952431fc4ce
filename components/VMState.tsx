import type { Listed } from "@/components/listed.ts";
import { duration } from "@/components/format.ts";
import { second } from "@/components/moment.ts";
import { reasonWords } from "@/components/reason.ts";
import { StateBadge } from "@/components/StateBadge.tsx";
import { vm as texts } from "@/texts/mod.ts";

/**
 * The state with libvirt's reason and since when; a screen reader says whose state it is now when it
 * changes, and not each second that passes. `now` is the server's clock in ms.
 */
export function VMState({ vm, now }: { vm: Listed; now: number }) {
  const running = vm.status === "running" && vm.startedAt !== null;
  const since = running ? vm.startedAt ?? 0 : Date.parse(vm.lastStateChange);
  const reason = reasonWords(vm.reason);
  return (
    <p class="vm-state">
      <span role="status">
        <span class="hidden">{`${vm.name}: `}</span>
        <StateBadge status={vm.status} />
      </span>
      {reason === "" ? null : <span class="soft">{reason}</span>}
      <span class="soft">
        {running ? texts.up : texts.lasting}{" "}
        <time
          dateTime={new Date(since).toISOString()}
          title={texts.since(second(new Date(since).toISOString()))}
        >
          {duration((now - since) / 1000)}
        </time>
      </span>
    </p>
  );
}
