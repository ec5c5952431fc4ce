/**
 * Calls `wake` when waiting on has become pointless: the network is back, or somebody looks at the
 * page again. Returns the function that stops it. Works without a document too.
 */
export function onWake(wake: () => void): () => void {
  const shown = () => {
    if (document.visibilityState === "visible") wake();
  };
  addEventListener("online", wake);
  addEventListener("focus", wake);
  if (typeof document !== "undefined") document.addEventListener("visibilitychange", shown);
  return () => {
    removeEventListener("online", wake);
    removeEventListener("focus", wake);
    if (typeof document !== "undefined") document.removeEventListener("visibilitychange", shown);
  };
}

/** False only where the browser knows that there is no network. */
export function isOnline(): boolean {
  return navigator.onLine !== false;
}
