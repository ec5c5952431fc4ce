/**
 * Calls `wake` when waiting on has become pointless: the network is back, or somebody looks at the
 * page again. Returns the function that stops it. Works without a document too.
 */
export function onWake(wake: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener("online", wake, { signal });
  addEventListener("focus", wake, { signal });
  // It is the document's, and bubbles.
  addEventListener("visibilitychange", () => document.hidden || wake(), { signal });
  return () => stop.abort();
}

/** False only where the browser knows that there is no network. */
export function isOnline(): boolean {
  return navigator.onLine !== false;
}
