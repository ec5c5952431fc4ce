import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import type { Told } from "@/components/Outcome.tsx";
import type { Forced } from "@/components/power.ts";
import { type Tab, VMTabs } from "@/components/VMTabs.tsx";
import { VMHeader } from "@/islands/VMHeader.tsx";
import type { VM } from "@/protocol/mod.ts";
import { vm as texts } from "@/texts/mod.ts";

interface Props {
  vm: VM;
  /** Whether the user may give this VM commands. */
  maySwitch: boolean;
  /** The server's clock in ms. */
  now: number;
  tab: Tab;
  told?: Told | null;
  asking?: Forced | null;
  children: ComponentChildren;
}

/** What every page of a VM has: its state, its power buttons, and the way to the other pages. */
export function VMFrame({ vm, maySwitch, now, tab, told = null, asking = null, children }: Props) {
  const title = tab === "overview" ? vm.name : texts.pageOf(vm.name, texts.tabs[tab]);
  return (
    <div class="vm-page">
      <Head>
        <title>{`${title} · virtglass`}</title>
      </Head>
      <VMHeader vm={plainVM(vm)} maySwitch={maySwitch} now={now} told={told} asking={asking} />
      <VMTabs vm={vm} tab={tab} />
      {children}
    </div>
  );
}

/** All props of the header travel to the browser: what only some page shows stays here. */
function plainVM(vm: VM & { interfaces?: unknown; disks?: unknown; description?: unknown }): VM {
  const { interfaces: _, disks: __, description: ___, ...plain } = vm;
  return plain;
}
