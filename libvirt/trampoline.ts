/**
 * C calls us back through trampolines: one for each C signature, made once, never closed. Closing one
 * that libvirt still knows, or making one in a Worker that ends, is a SIGSEGV. What a call is about comes
 * with it as an id (the C `opaque`), which a Registry resolves; an id it does not know is dropped.
 */

/** Makes the trampoline at its first use and answers its C pointer from then on. */
export function trampoline<const Definition extends Deno.UnsafeCallbackDefinition>(
  definition: Definition,
  call: Deno.UnsafeCallbackFunction<Definition["parameters"], Definition["result"]>,
): () => Deno.PointerObject {
  let callback: Deno.UnsafeCallback<Definition> | undefined;
  return () => {
    if (callback === undefined) {
      callback = Deno.UnsafeCallback.threadSafe(definition, call);
      // It must not keep the process alive: the running event loop or the pending call does.
      callback.unref();
    }
    return callback.pointer;
  };
}

/** Runs a listener. What it throws would vanish on the way through C, so it is reported as uncaught. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => reportError(error));
  }
}

/** What ids stand for. */
export class Registry<Entry> {
  static #next = 1;
  readonly #entries = new Map<number, Entry>();

  /** Keeps `entry` and answers its id, unique in the process. */
  add(entry: Entry): number {
    const id = Registry.#next++;
    this.#entries.set(id, entry);
    return id;
  }

  /** The entry of the id that C gave back. */
  get(id: number | bigint): Entry | undefined {
    return this.#entries.get(Number(id));
  }

  /** Whether it was there. */
  delete(id: number): boolean {
    return this.#entries.delete(id);
  }

  get size(): number {
    return this.#entries.size;
  }
}
