/**
 * libvirt tells once that a connection died. It is the only sign for consoles and events: after the daemon
 * is gone a stream stays silent for ever.
 * https://libvirt.org/html/libvirt-libvirt-host.html#virConnectRegisterCloseCallback
 */
import type { CallQueue, Child } from "./call_queue.ts";
import type { BreakReason } from "./errors.ts";
import { countHandle } from "./handles.ts";
import { library } from "./library.ts";
import { guarded, Registry, trampoline } from "./trampoline.ts";

const reasons: readonly BreakReason[] = ["error", "eof", "keepalive", "client"];
const watched = new Registry<CallQueue>();

const onClose = trampoline(
  {
    parameters: [
      "pointer", // virConnectPtr conn
      "i32", // int reason
      "u64", // void *opaque
    ],
    result: "void",
  },
  (_connection, reason, id) => {
    guarded(() => watched.get(id)?.break(reasons[reason] ?? "error"));
  },
);

/** Breaks the queue when libvirt says that the connection is closed. */
export async function watchClose(queue: CallQueue): Promise<void> {
  const id = watched.add(queue);
  try {
    await queue.call({
      operation: "virConnectRegisterCloseCallback",
      invoke: (connection) => {
        return library().virConnectRegisterCloseCallback(connection, onClose(), BigInt(id), null);
      },
      take: () => queue.adopt(new CloseCallback(id)),
    });
  } catch (error) {
    watched.delete(id);
    throw error;
  }
}

class CloseCallback implements Child {
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
    countHandle("callbacks", 1);
  }

  /** Also on a dead connection, where it answers -1: without it one file descriptor leaks. */
  async release(connection: Deno.PointerObject): Promise<void> {
    watched.delete(this.#id);
    await library().virConnectUnregisterCloseCallback(connection, onClose());
    countHandle("callbacks", -1);
  }
}
