import { useLayoutEffect } from "preact/hooks";

/** A row that moves loses the focus that is in it: it gets it back. */
export function useFocusKept(): void {
  const focused = globalThis.document?.activeElement;
  useLayoutEffect(() => {
    if (!(focused instanceof HTMLElement) || focused === document.activeElement) return;
    if (focused.isConnected) focused.focus({ preventScroll: true });
  });
}
