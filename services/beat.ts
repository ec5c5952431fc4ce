/** Milliseconds between two beats. */
export const BEAT = 200;

const looks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Calls `look`, which must not throw, some times a second until it is disposed. All looks share one
 * timer: to be woken costs more than most of them do. It does not keep the process alive.
 */
export function onBeat(look: () => void): Disposable {
  looks.add(look);
  if (timer === undefined) {
    timer = setInterval(() => {
      for (const each of looks) each();
    }, BEAT);
    Deno.unrefTimer(timer);
  }
  return {
    [Symbol.dispose]() {
      looks.delete(look);
      if (looks.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
