/** Storage pools. https://libvirt.org/html/libvirt-libvirt-storage.html */
import type { CallQueue, Child } from "./call_queue.ts";
import { countHandle } from "./handles.ts";
import { library } from "./library.ts";
import { OutPointer, takePointers, takeString } from "./memory.ts";

/** virConnectListAllStoragePoolsFlags: VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE */
const ACTIVE = 2;

/** The C pointer, which either `storagePools` or the connection frees, whoever is first. */
class PoolPointer implements Child {
  #pointer: Deno.PointerObject | null;

  constructor(pointer: Deno.PointerObject) {
    this.#pointer = pointer;
    countHandle("pools", 1);
  }

  get value(): Deno.PointerObject {
    if (this.#pointer === null) throw new TypeError("This storage pool has been freed");
    return this.#pointer;
  }

  release(): void {
    if (this.#pointer === null) return;
    library().virStoragePoolFree(this.#pointer);
    this.#pointer = null;
    countHandle("pools", -1);
  }
}

/**
 * The XML of all active pools. One that is removed while they are read is left out.
 * https://libvirt.org/formatstorage.html
 */
export async function storagePools(queue: CallQueue): Promise<string[]> {
  const pointers = await list(queue);
  const found: string[] = [];
  try {
    for (const pointer of pointers) {
      const xml = await read(queue, pointer).catch((error) => {
        if (queue.broken !== null) throw error;
        return null;
      });
      if (xml !== null) found.push(xml);
    }
    return found;
  } finally {
    for (const pointer of pointers) {
      queue.forget(pointer);
      queue.whenIdle(() => pointer.release());
    }
  }
}

function list(queue: CallQueue): Promise<PoolPointer[]> {
  const array = new OutPointer();
  return queue.call({
    operation: "virConnectListAllStoragePools",
    invoke: (connection) =>
      library().virConnectListAllStoragePools(connection, array.buffer, ACTIVE),
    take: (count) =>
      takePointers(array.value, count).map((value) => {
        const pointer = new PoolPointer(value);
        queue.adopt(pointer);
        return pointer;
      }),
  });
}

function read(queue: CallQueue, pointer: PoolPointer): Promise<string> {
  return queue.call({
    operation: "virStoragePoolGetXMLDesc",
    invoke: async () => await library().virStoragePoolGetXMLDesc(pointer.value, 0),
    take: takeString,
  });
}
