import { startGuest } from "../harness/guest.ts";
import { PrivateLibvirtd } from "../harness/private_libvirtd.ts";

/** A booted tiny guest, alone on a libvirtd of its own. */
export interface BenchGuest extends AsyncDisposable {
  readonly uri: string;
  readonly name: string;
  /** The process id of that libvirtd. */
  readonly daemon: number;
}

export type BenchConsole = "serial" | "virtio";

/** Boots it; resolves when its serial port shows a shell. */
export async function startBenchGuest(name: string, console: BenchConsole): Promise<BenchGuest> {
  await using stack = new AsyncDisposableStack();
  const { uri, pid } = stack.use(await PrivateLibvirtd.start());
  stack.use(await startGuest(uri, { name, network: "user", console }));
  const kept = stack.move();
  return { uri, name, daemon: pid, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
