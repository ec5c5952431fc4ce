/**
 * Waits until nobody else on this machine holds the lock file at `path`, and holds it until the
 * returned handle is disposed. The kernel lets go of it when the process dies.
 */
export async function lock(path: string): Promise<Disposable> {
  const file = await open(path);
  await file.lock(true);
  return { [Symbol.dispose]: () => file.close() };
}

/** As `lock`, but returns null at once when somebody else holds it. */
export async function tryLock(path: string): Promise<Disposable | null> {
  const file = await open(path);
  if (await file.tryLock(true)) return { [Symbol.dispose]: () => file.close() };
  file.close();
  return null;
}

async function open(path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  return await Deno.open(path, { create: true, write: true });
}
