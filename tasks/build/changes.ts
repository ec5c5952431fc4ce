/** The first path of every burst of changes in these folders: editors write a file several times. */
export async function* changesIn(folders: string[], quiet = 30): AsyncGenerator<string> {
  using watcher = Deno.watchFs(folders);
  let changed: string | null = null;
  let wake = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  void (async () => {
    for await (const { kind, paths } of watcher) {
      if (kind === "access") continue;
      changed ??= paths[0] ?? null;
      clearTimeout(timer);
      timer = setTimeout(() => wake.resolve(), quiet);
    }
  })();
  while (true) {
    await wake.promise;
    wake = Promise.withResolvers();
    const path = changed;
    changed = null;
    if (path) yield path;
  }
}
