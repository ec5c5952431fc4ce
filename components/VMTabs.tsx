import { vmPath } from "@/components/format.ts";

/** The pages of one VM. */
export const TABS = {
  overview: "Overview",
  console: "Console",
  hardware: "Hardware",
  history: "History",
  snapshots: "Snapshots",
  xml: "XML",
} as const;
export type Tab = keyof typeof TABS;

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
  const tabs = (Object.keys(TABS) as Tab[]).filter((each) => each !== "console" || vm.console);
  return (
    <nav class="tabs" aria-label={`Pages of ${vm.name}`}>
      {tabs.map((each) => (
        <a
          key={each}
          href={vmPath(vm) + ADDRESS[each]}
          {...(each === tab ? { "aria-current": "page" } : {})}
        >
          {TABS[each]}
        </a>
      ))}
    </nav>
  );
}
