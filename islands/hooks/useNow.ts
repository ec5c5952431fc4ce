import { useEffect, useReducer, useRef } from "preact/hooks";

/**
 * The server's clock, moving: `server` (ms) as last heard, plus the time that has passed here since.
 * Two clocks are never compared, so a browser whose clock is wrong shows the right uptime.
 */
export function useNow(server: number): number {
  const [, tick] = useReducer((n: number) => n + 1, 0);
  const heard = useRef({ server, at: 0 });
  if (heard.current.server !== server) heard.current = { server, at: performance.now() };
  useEffect(() => {
    if (heard.current.at === 0) heard.current.at = performance.now();
    const timer = setInterval(tick, 1000, undefined);
    return () => clearInterval(timer);
  }, []);
  const { at } = heard.current;
  return at === 0 ? server : server + performance.now() - at;
}
