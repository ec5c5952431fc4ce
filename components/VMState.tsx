import type { Listed } from "@/components/listed.ts";
import { duration } from "@/components/format.ts";
import { second } from "@/components/moment.ts";
import { reasonWords } from "@/components/reason.ts";
import { StateBadge } from "@/components/StateBadge.tsx";
import { vm as texts } from "@/texts/mod.ts";

/** Milliseconds between a guest's start and its state from which both are told: a start takes a while. */
const APART = 60_000;

/**
 * The state with libvirt's reason and since when, and how long the guest has been up where that is
 * longer; a screen reader says whose state it is now when it changes, and not each second that passes.
 * `now` is the server's clock in ms.
 */
export function VMState({ vm, now }: { vm: Listed; now: number }) {
  const { status, lastStateChange, startedAt } = vm;
  const since = Date.parse(lastStateChange);
  const reason = reasonWords(vm.reason);
  return (
    <p class="vm-state">
      <span role="status">
        <span class="hidden">{`${vm.name}: `}</span>
        <StateBadge status={status} />
      </span>
      {reason === "" ? null : <span class="soft">{reason}</span>}
      <time class="soft" dateTime={lastStateChange}>
        {texts.lasting(duration((now - since) / 1000), second(lastStateChange))}
      </time>
      {startedAt !== null && since - startedAt > APART
        ? <span class="soft">{texts.up(duration((now - startedAt) / 1000))}</span>
        : null}
    </p>
  );
}
