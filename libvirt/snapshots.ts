/** Snapshots of a domain. https://libvirt.org/html/libvirt-libvirt-domain-snapshot.html */
import type { CallQueue, Child } from "./call_queue.ts";
import { countHandle } from "./handles.ts";
import { library } from "./library.ts";
import { OutPointer, takePointers, takeString } from "./memory.ts";

/** One snapshot of a domain. */
export interface Snapshot {
  /** libvirt's XML, without passwords. https://libvirt.org/formatsnapshot.html */
  xml: string;
  /** Whether it is the parent of the next one. */
  current: boolean;
}

/** The C pointer, which either `snapshots` or the connection frees, whoever is first. */
class SnapshotPointer implements Child {
  #pointer: Deno.PointerObject | null;

  constructor(pointer: Deno.PointerObject) {
    this.#pointer = pointer;
    countHandle("snapshots", 1);
  }

  get value(): Deno.PointerObject {
    if (this.#pointer === null) throw new TypeError("This snapshot has been freed");
    return this.#pointer;
  }

  release(): void {
    if (this.#pointer === null) return;
    library().virDomainSnapshotFree(this.#pointer);
    this.#pointer = null;
    countHandle("snapshots", -1);
  }
}

/** All snapshots of a domain. One that is deleted while they are read is left out. */
export async function snapshots(
  queue: CallQueue,
  domain: () => Deno.PointerObject,
): Promise<Snapshot[]> {
  const pointers = await list(queue, domain);
  const found: Snapshot[] = [];
  try {
    for (const pointer of pointers) {
      const snapshot = await read(queue, pointer).catch((error) => {
        if (queue.broken !== null) throw error;
        return null;
      });
      if (snapshot) found.push(snapshot);
    }
    return found;
  } finally {
    for (const pointer of pointers) {
      queue.forget(pointer);
      queue.whenIdle(() => pointer.release());
    }
  }
}

function list(queue: CallQueue, domain: () => Deno.PointerObject): Promise<SnapshotPointer[]> {
  const array = new OutPointer();
  return queue.call({
    operation: "virDomainListAllSnapshots",
    invoke: async () => await library().virDomainListAllSnapshots(domain(), array.buffer, 0),
    take: (count) =>
      takePointers(array.value, count).map((value) => {
        const pointer = new SnapshotPointer(value);
        queue.adopt(pointer);
        return pointer;
      }),
  });
}

async function read(queue: CallQueue, pointer: SnapshotPointer): Promise<Snapshot> {
  const xml = await queue.call({
    operation: "virDomainSnapshotGetXMLDesc",
    invoke: async () => await library().virDomainSnapshotGetXMLDesc(pointer.value, 0),
    take: takeString,
  });
  const current = await queue.call({
    operation: "virDomainSnapshotIsCurrent",
    invoke: async () => await library().virDomainSnapshotIsCurrent(pointer.value, 0),
    take: (answer) => answer === 1,
  });
  return { xml, current };
}
