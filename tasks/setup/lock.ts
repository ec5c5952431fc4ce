/**
 * Waits until nobody else on this machine holds the lock file at `path`, and holds it until the
 * returned handle is disposed. The kernel lets go of it when the process dies.
 */
export async function lock(path: string): Promise<Disposable> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const file = await Deno.open(path, { create: true, write: true });
  await file.lock(true);
  return { [Symbol.dispose]: () => file.close() };
}
