import { render } from "preact";
import type { Status } from "@/protocol/mod.ts";
import type { Target } from "@/components/ManyQuestion.tsx";
import type { ChoiceName } from "@/components/power.ts";
import { SelectionBar } from "@/components/SelectionBar.tsx";
import { askForMany } from "@/islands/hooks/ask_for_many.tsx";

let place: HTMLElement | null = null;

/** A tick in the table was set or taken away: shows what can be done to those that have one. */
export function ticked(form: HTMLFormElement, target: EventTarget | null): void {
  if (target instanceof HTMLInputElement && "pickAll" in target.dataset) {
    for (const box of boxes(form)) box.checked = target.checked;
  }
  const all = form.querySelector<HTMLInputElement>("[data-pick-all]");
  const targets = chosen(form);
  if (all) {
    all.checked = targets.length > 0 && targets.length === boxes(form).length;
    all.indeterminate = targets.length > 0 && !all.checked;
  }
  draw(form, targets);
}

function draw(form: HTMLFormElement, targets: Target[]): void {
  if (!place) {
    // Not among the table's own elements: it may come to life after this, and keep only what it knows.
    place = form.closest("main")!.appendChild(document.createElement("div"));
    place.className = "selection-place";
    // A row that is filtered away, or gone, takes its tick with it; another state has other choices.
    const rows = form.querySelector("tbody")!;
    const look = () => ticked(form, null);
    new MutationObserver(look).observe(rows, { childList: true });
    new MutationObserver(look).observe(rows, { subtree: true, attributeFilter: ["data-status"] });
  }
  const clear = () => {
    for (const box of boxes(form)) box.checked = false;
    ticked(form, null);
  };
  const bar = (
    <SelectionBar
      states={new Set(targets.map(({ status }) => status))}
      count={targets.length}
      // The states may have changed since the last tick.
      onChoose={(choice: ChoiceName) => askForMany(choice, chosen(form), clear)}
      onClear={clear}
    />
  );
  render(targets.length === 0 ? null : bar, place);
}

const boxes = (
  form: HTMLFormElement,
) => [...form.querySelectorAll<HTMLInputElement>("input[name=vm]")];

/** What the rows say of the VMs that are ticked. */
function chosen(form: HTMLFormElement): Target[] {
  return boxes(form).filter(({ checked }) => checked).map((box) => {
    const row = box.closest<HTMLElement>("[data-vm]")!;
    const status = row.querySelector<HTMLElement>("[data-status]")!.dataset.status as Status;
    return { uuid: box.value, name: row.dataset.vm!, status };
  });
}
