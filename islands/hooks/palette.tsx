import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VM } from "@/protocol/mod.ts";
import { Palette } from "@/components/Palette.tsx";
import { entriesFor, type Entry, find } from "@/components/palette_entries.ts";
import { isForced } from "@/components/power.ts";
import { runCommand } from "@/islands/hooks/run_command.ts";
import { tellOutcome } from "@/islands/hooks/toasts.tsx";

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
  const [entries, setEntries] = useState(() => entriesFor([], false));
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
    void runCommand(entry.uuid, entry.choice, () => {}).then((told) =>
      tellOutcome(entry.label, told)
    );
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

/** VMs and who asks, as they are now; without them the palette still knows the pages. */
async function load(): Promise<Entry[]> {
  try {
    const [vms, me] = await Promise.all(
      ["/api/v1/vms", "/api/v1/auth/me"].map(async (path) =>
        (await fetch(path, { headers: { accept: "application/json" } })).json()
      ),
    );
    return entriesFor(vms as VM[], me.role !== "viewer");
  } catch {
    return entriesFor([], false);
  }
}
