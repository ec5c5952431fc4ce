import { Connection } from "@/libvirt/mod.ts";
import type { Host } from "@/protocol/mod.ts";
import { inTime } from "./in_time.ts";

type Storage = Host["storage"];
type Pool = NonNullable<Storage>;

/** Milliseconds between two looks: less than the monitor's slow beat, which would else be missed now and then. */
const BEAT = 50_000;
/** Milliseconds until a look that hangs, as on a network file system that is gone, says nothing. */
const PATIENCE = 5_000;

/**
 * How full the file systems are that libvirt's pools are on. libvirt names the pools; what they hold
 * it knows only as of their last refresh, so the file system itself is asked. Each look has a
 * connection of its own, since libvirt may hang on a pool, and none begins before the last one has
 * come back: what hangs holds one thread, not one more a minute.
 */
export class StorageBeat implements AsyncDisposable {
  readonly #uri: string;
  readonly #tell: (storage: Storage) => void;
  #looking: Promise<void> | null = null;
  #due = 0;

  constructor(uri: string, tell: (storage: Storage) => void) {
    this.#uri = uri;
    this.#tell = tell;
  }

  /** Looks when it is time to. To be called at least as often. */
  beat(): void {
    if (this.#looking !== null || performance.now() < this.#due) return;
    this.#due = performance.now() + BEAT;
    this.#looking = this.#look().finally(() => this.#looking = null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#due = Infinity;
    if (this.#looking !== null) await inTime(1_000, this.#looking);
  }

  async #look(): Promise<void> {
    const found = storageOf(this.#uri).catch(() => null);
    if (await inTime(PATIENCE, found)) this.#tell(await found);
    else this.#tell(null);
    await found;
  }
}

async function storageOf(uri: string): Promise<Storage> {
  await using connection = await Connection.open(uri, { deadline: PATIENCE, keepAlive: null });
  // Read here, and not at the start, which can do without.
  const [{ statfs }, { child, parseXML, text }] = await Promise.all([
    import("node:fs/promises"),
    import("./vms/xml.ts"),
  ]);
  const pools: Pool[] = [];
  for (const xml of await connection.storagePools() ?? []) {
    const pool = child(parseXML(xml), "pool");
    const path = text(child(pool, "target"), "path");
    const room = path === null || isDevice(path) ? null : await statfs(path).catch(() => null);
    if (room === null) continue;
    const used = (room.blocks - room.bfree) * room.bsize;
    // As df counts: what is kept for root is no room for a guest.
    pools.push({
      pool: text(pool, "name") ?? "",
      pools: 0,
      used,
      total: used + room.bavail * room.bsize,
    });
  }
  const [fullest] = pools.sort((a, b) => b.used / b.total - a.used / a.total);
  return fullest ? { ...fullest, pools: pools.length } : null;
}

/** Pools of disks and volume groups: /dev is no place where images grow. */
const isDevice = (path: string) => path === "/dev" || path.startsWith("/dev/");
