import type { User, VM } from "@/protocol/mod.ts";
import { vmPath } from "@/components/format.ts";
import { placeName, PLACES } from "@/components/places.ts";
import { type ChoiceName, CHOICES, choicesFor } from "@/components/power.ts";
import { keys, power, state } from "@/texts/mod.ts";

/** One line of the palette: somewhere to go, or something to do. */
export interface Entry {
  label: string;
  /** Beside it. */
  note: string;
  /** Where it leads; of something to do, where it is asked about first. */
  href: string;
  /** What to do to the VM with this UUID. */
  choice?: ChoiceName;
  uuid: string;
}

/** All that this user can go to and do: VMs first, then pages, then what can be done to each VM. */
export function entriesFor(vms: VM[], me: User | null): Entry[] {
  const places = PLACES.map((place) => ({
    label: placeName(place),
    note: keys.page,
    href: place.href,
    uuid: "",
  }));
  const rows = vms.map((vm): Entry => ({
    label: vm.name,
    note: [state.words[vm.status], vm.note].filter(Boolean).join(", "),
    href: vmPath(vm),
    uuid: vm.uuid,
  }));
  const actions = vms.filter((vm) => me !== null && mayAct(me, vm)).flatMap((vm) =>
    choicesFor(vm.status).map((choice): Entry => ({
      label: keys.act(power.labels[choice], vm.name),
      note: CHOICES[choice].force ? keys.asksFirst : "",
      href: `${vmPath(vm)}?confirm=${choice}`,
      choice,
      uuid: vm.uuid,
    }))
  );
  return [...rows, ...places, ...actions];
}

/** As the server has it: a role on all VMs, or one on each of some. */
function mayAct({ role, grants }: User, { uuid }: VM): boolean {
  const onThis = role ?? grants?.find((grant) => grant.uuid === uuid)?.role ?? "viewer";
  return onThis !== "viewer";
}

const MOST = 50;

/** Entries in which each of the words stands, those that begin with them first. */
export function find(entries: Entry[], words: string): Entry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ label }: Entry) => label.toLowerCase().startsWith(wanted[0] ?? "") ? 0 : 1;
  return entries
    .filter(({ label, note }) => {
      const text = `${label} ${note}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}
