import { notify } from "./notify.ts";

/**
 * Tells systemd, as often as its unit asks for, that this process still turns: from the event loop that
 * serves everybody, so that one which hangs is found and started again.
 * https://www.freedesktop.org/software/systemd/man/latest/sd_watchdog_enabled.html
 */
export function startWatchdog(): Disposable {
  const microseconds = Number(Deno.env.get("WATCHDOG_USEC"));
  const meant = Deno.env.get("WATCHDOG_PID") ?? String(Deno.pid);
  if (!(microseconds > 0) || meant !== String(Deno.pid)) return { [Symbol.dispose]() {} };
  const timer = setInterval(() => notify("WATCHDOG=1"), microseconds / 2000);
  Deno.unrefTimer(timer);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
