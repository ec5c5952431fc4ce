/**
 * What hardly anybody needs at once is loaded when it is first asked for: keys, the palette, the list
 * of notices, the choice of looks, what is done to several VMs. Returns what stops listening.
 */
export function onDemand(): () => void {
  const kinds = ["keydown", "change", "click"];
  for (const kind of kinds) addEventListener(kind, listen);
  // One may tick before the script comes.
  const ticked = document.querySelector("#vms :checked");
  ticked?.dispatchEvent(new Event("change", { bubbles: true }));
  return () => kinds.forEach((kind) => removeEventListener(kind, listen));
}

/** Milliseconds in which the key after g belongs to it. */
const PAIR = 1500;
let last = { key: "", at: 0 };

function listen(event: Event): void {
  const { type, timeStamp: at } = event;
  const before = at - last.at < PAIR ? last.key : "";
  if (type === "keydown") last = { key: (event as KeyboardEvent).key, at };
  if (!isDemand(event, before)) return;
  // A tick must stay; the others have nothing that the browser should do too.
  if (type !== "change") event.preventDefault();
  void import("@/islands/hooks/on_demand_loaded.ts").then(({ serve }) => serve(event, before));
}

function isDemand(event: Event, before: string): boolean {
  const target = event.target as HTMLInputElement;
  if (event.type === "change") return /^(vms|look)$/.test(target.form?.id ?? "");
  if (event.type === "click") return !!target.closest("[data-on]");
  const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
  // What is typed into a terminal is the guest's.
  if (event.defaultPrevented || altKey || target.closest?.(".console-box")) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  return (before === "g" ? /^[a-z]$/ : /^[/?jkg]$/).test(key) &&
    !target.matches?.("[data-keys=off] *, input:not([type=checkbox]), select, textarea, dialog *");
}
