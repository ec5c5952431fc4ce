import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { User, VM } from "@/protocol/mod.ts";
import { Palette } from "@/components/Palette.tsx";
import { entriesFor, type Entry, find } from "@/components/palette_entries.ts";
import { type ChoiceName, isForced } from "@/components/power.ts";
import { giveCommands } from "@/islands/hooks/give_commands.ts";
import { tellOutcomes } from "@/islands/hooks/toasts.tsx";
import { power } from "@/texts/mod.ts";

let place: HTMLElement | null = null;

/** Opens the palette over the page; does nothing when it is open. */
export function openPalette(): void {
  if (place) return;
  place = document.body.appendChild(document.createElement("div"));
  const before = document.activeElement;
  render(
    <LivePalette
      close={() => {
        if (!place) return;
        render(null, place);
        place.remove();
        place = null;
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      }}
    />,
    place,
  );
}

function LivePalette({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [entries, setEntries] = useState(() => entriesFor([], null));
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const found = find(entries, words);

  useEffect(() => {
    dialog.current?.showModal();
    void load().then(setEntries);
  }, []);

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    dialog.current?.close();
    if (!entry.choice || isForced(entry.choice)) return location.assign(entry.href);
    act(entry.label, entry.uuid, entry.choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setAt((at + by + found.length) % Math.max(1, found.length));
  };
  return (
    <Palette
      entries={found}
      at={Math.min(at, found.length - 1)}
      words={words}
      dialog={dialog}
      onWords={(text) => {
        setWords(text);
        setAt(0);
      }}
      onKeyDown={onKeyDown}
      onChoose={choose}
      onClose={close}
    />
  );
}

/** Does it to the VM, and tells of it in a corner of this page: from the beginning to the end. */
function act(label: string, uuid: string, choice: ChoiceName): void {
  const tell = tellOutcomes(label);
  tell({ kind: "pending", message: power.doing[choice] });
  giveCommands(choice, [uuid], (_, told) => tell(told));
}

/** VMs and who asks, as they are now; without them the palette still knows the pages. */
async function load(): Promise<Entry[]> {
  try {
    const [vms, me] = await Promise.all(
      ["/api/v1/vms", "/api/v1/auth/me"].map(async (path) =>
        (await fetch(path, { headers: { accept: "application/json" } })).json()
      ),
    );
    return entriesFor(vms as VM[], me as User);
  } catch {
    return entriesFor([], null);
  }
}
