import { basename, join } from "node:path";
import { sourceFolders } from "./stale.ts";

/**
 * The files of a project that were changed, burst by burst: editors write one several times. Tests
 * and what the build writes itself do not count.
 */
export async function* changesIn(project: string, quiet = 50): AsyncGenerator<string[]> {
  using top = Deno.watchFs(project, { recursive: false });
  using folders = Deno.watchFs(sourceFolders(project).map((name) => join(project, name)));
  let changed = new Set<string>();
  let burst = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const collect = async (events: AsyncIterable<Deno.FsEvent>) => {
    for await (const { kind, paths } of events) {
      if (kind === "access") continue;
      for (const path of paths) if (isSource(path)) changed.add(path);
      clearTimeout(timer);
      if (changed.size > 0) timer = setTimeout(() => burst.resolve(), quiet);
    }
  };
  void collect(top);
  void collect(folders);
  while (true) {
    await burst.promise;
    const paths = [...changed];
    changed = new Set();
    burst = Promise.withResolvers();
    yield paths;
  }
}

function isSource(path: string): boolean {
  return /\.(tsx?|css|json|svg|png|ico|webp|woff2|txt|webmanifest)$/.test(path) &&
    !/(_test\.tsx?|manifest_gen\.ts)$/.test(path) && !basename(path).startsWith(".");
}
