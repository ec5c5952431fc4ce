import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Whether `element` fills the screen, and the way there and back; null where it cannot. */
export function useFullscreen(element: RefObject<HTMLElement>): {
  full: boolean;
  toggle: (() => void) | null;
} {
  const [full, setFull] = useState(false);
  const [able, setAble] = useState(false);
  useEffect(() => {
    setAble(document.fullscreenEnabled);
    const note = () => setFull(document.fullscreenElement === element.current);
    document.addEventListener("fullscreenchange", note);
    return () => document.removeEventListener("fullscreenchange", note);
  }, []);
  const toggle = async () => {
    if (document.fullscreenElement) return await document.exitFullscreen();
    await element.current?.requestFullscreen();
    // Or Escape would leave the full screen instead of reaching the guest; held down it still does.
    await keyboard()?.lock(["Escape"]).catch(() => {});
  };
  return { full, toggle: able ? () => void toggle() : null };
}

/** Not in every browser, nor over plain HTTP. */
function keyboard(): { lock(keys: string[]): Promise<void> } | undefined {
  return (navigator as { keyboard?: { lock(keys: string[]): Promise<void> } }).keyboard;
}
