import { useLayoutEffect } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";

/** A row that moves loses the focus that is in it: it gets it back. */
export function useFocusKept(): void {
  const focused = IS_BROWSER && document.activeElement;
  useLayoutEffect(() => {
    if (!(focused instanceof HTMLElement) || focused === document.activeElement) return;
    if (focused.isConnected) focused.focus({ preventScroll: true });
  });
}
