import { type Fingers, pinched, type Stretch } from "@/islands/hooks/zoom.ts";

/**
 * Lets two fingers on `over` stretch and move the time that is drawn there; one finger still scrolls
 * the page. Listens for as long as `over` exists.
 */
export function pinch(
  over: HTMLElement,
  stretch: () => Stretch,
  onZoom: (stretch: Stretch) => void,
): void {
  /** Shares of the width where fingers are, in the order in which they came. */
  const fingers = new Map<number, number>();
  let began: { stretch: Stretch; fingers: Fingers } | null = null;
  const share = ({ clientX }: PointerEvent) => {
    const { left, width } = over.getBoundingClientRect();
    return (clientX - left) / width;
  };
  const both = (): Fingers | null => {
    const [one, other] = fingers.values();
    return one === undefined || other === undefined ? null : [one, other];
  };
  over.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, share(event));
    const now = both();
    began = now && { stretch: stretch(), fingers: now };
  });
  over.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, share(event));
    const now = both();
    if (began && now) onZoom(pinched(began.stretch, began.fingers, now));
  });
  for (const kind of ["pointerup", "pointercancel"] as const) {
    over.addEventListener(kind, ({ pointerId }) => {
      fingers.delete(pointerId);
      began = null;
    });
  }
}
