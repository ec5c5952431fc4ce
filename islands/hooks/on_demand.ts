/**
 * What hardly anybody needs at once is loaded when it is first asked for: keys, the palette, the
 * list of notices, the choice of looks. Returns the function that stops listening.
 */
export function onDemand(): () => void {
  addEventListener("keydown", onKey);
  addEventListener("change", onChange);
  addEventListener("click", onClick);
  return () => {
    removeEventListener("keydown", onKey);
    removeEventListener("change", onChange);
    removeEventListener("click", onClick);
  };
}

function onKey(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  const place = target as HTMLElement;
  // What is typed into a terminal is the guest's.
  if (defaultPrevented || altKey || place.closest?.(".console-box")) return;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() !== "k") return;
    event.preventDefault();
    return void import("@/islands/hooks/palette.tsx").then(({ openPalette }) => openPalette());
  }
  if (!/^[/?jkg]$/.test(key) || place.matches?.("input, select, textarea, dialog *")) return;
  event.preventDefault();
  void import("@/islands/hooks/keys.tsx").then(({ press }) => press(key));
}

function onChange({ target }: Event): void {
  const { form } = target as HTMLInputElement;
  if (form?.id === "vms") {
    void import("@/islands/hooks/selection.tsx").then(({ ticked }) => ticked(form, target));
  } else if (form?.id === "look") {
    void import("@/islands/hooks/apply_look.ts").then(({ applyLook }) => applyLook(form));
  }
}

function onClick(event: MouseEvent): void {
  if (!(event.target as HTMLElement).closest?.("[data-notices]")) return;
  event.preventDefault();
  void import("@/islands/hooks/toasts.tsx").then(({ openNotices }) => openNotices());
}
