/**
 * Calls `wake` when waiting on has become pointless: the network is back, or somebody looks at the
 * page again; and `doubt` when the network has gone. Returns the function that stops it. Works without
 * a document too.
 */
export function onWake(wake: () => void, doubt: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener("online", wake, { signal });
  addEventListener("offline", doubt, { signal });
  addEventListener("focus", wake, { signal });
  // It is the document's, and bubbles.
  addEventListener("visibilitychange", () => document.hidden || wake(), { signal });
  return () => stop.abort();
}

/** False only where the browser knows that there is no network. */
export function isOnline(): boolean {
  return navigator.onLine !== false;
}
