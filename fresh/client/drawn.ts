/** Milliseconds after which a page that is not drawn comes to life all the same. */
const PATIENCE = 250;

/**
 * The frame after the first one begins when that one can be seen; what comes to life before would keep
 * it waiting. A page in the background has no frames.
 */
const first: Promise<void> = new Promise((resolve) => {
  setTimeout(resolve, document.hidden ? 0 : PATIENCE);
  requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
});

/** Resolves when the page can be seen as the server drew it, for each caller in a task of its own. */
export async function drawn(): Promise<void> {
  await first;
  await new Promise((resolve) => setTimeout(resolve));
}
