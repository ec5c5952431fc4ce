import { vmPath } from "@/components/format.ts";
import { vm as texts } from "@/texts/mod.ts";

/** The pages of one VM. */
export const TABS = ["overview", "console", "hardware", "history", "snapshots", "xml"] as const;
export type Tab = typeof TABS[number];

/** The console is a part of the overview, and has an address there. */
const ADDRESS: Record<Tab, string> = {
  overview: "",
  console: "#console",
  hardware: "/hardware",
  history: "/history",
  snapshots: "/snapshots",
  xml: "/xml",
};

interface Props {
  vm: { name: string; uuid: string; console: boolean };
  /** The page that one is on. */
  tab: Tab;
}

export function VMTabs({ vm, tab }: Props) {
  const tabs = TABS.filter((each) => each !== "console" || vm.console);
  return (
    <nav class="tabs" aria-label={texts.pagesOf(vm.name)}>
      {tabs.map((each) => (
        <a
          key={each}
          href={vmPath(vm) + ADDRESS[each]}
          {...(each === tab ? { "aria-current": "page" } : {})}
        >
          {texts.tabs[each]}
        </a>
      ))}
    </nav>
  );
}
