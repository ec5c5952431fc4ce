import { useEffect, useReducer } from "preact/hooks";
import { link } from "@/texts/mod.ts";

/** Seconds until `until` (ms of this browser's clock), as the end of "Reconnecting". */
export function Countdown({ until }: { until: number }) {
  const [, tick] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 1000, undefined);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((until - Date.now()) / 1000);
  // A screen reader hears that it reconnects, not every second of it.
  return <span aria-hidden="true">{seconds > 0 ? link.inSeconds(seconds) : "…"}</span>;
}
