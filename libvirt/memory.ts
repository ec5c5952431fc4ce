/** C memory: strings in, strings and structs out. Sizes and offsets are LP64, little-endian. */
import { ErrorCode, LibvirtError } from "./errors.ts";
import { Interning, textOf, wordsOfString } from "./interning.ts";
import { library } from "./library.ts";

const encoder = new TextEncoder();

/**
 * A C string. C ends it at the first NUL, so a text that holds one would silently name something else:
 * it is refused with `invalidArgument`.
 */
export function cString(text: string, operation: string): Uint8Array<ArrayBuffer> {
  if (text.includes("\0")) {
    throw new LibvirtError(operation, {
      code: ErrorCode.invalidArgument,
      domain: 0,
      level: 2,
      message: `${JSON.stringify(text)} holds a NUL character`,
    });
  }
  return encoder.encode(text + "\0");
}

/** Copies a C string that stays libvirt's. NULL is null. */
export function readString(pointer: Deno.PointerValue): string | null {
  return pointer === null ? null : Deno.UnsafePointerView.getCString(pointer);
}

/** Copies a C string that was given to us, and frees it. */
export function takeString(pointer: Deno.PointerObject): string {
  try {
    return Deno.UnsafePointerView.getCString(pointer);
  } finally {
    library().free(pointer);
  }
}

/** Copies `length` bytes of C memory. */
export function copyMemory(pointer: Deno.PointerObject, length: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(length));
  library().memcpy(view, Deno.UnsafePointer.value(pointer), BigInt(length));
  return view;
}

/** The pointer stored at `offset`. */
export function pointerAt(view: DataView, offset: number): Deno.PointerValue {
  return Deno.UnsafePointer.create(view.getBigUint64(offset, true));
}

/** The string that the pointer stored at `offset` points to; it stays libvirt's. */
export function stringAt(view: DataView, offset: number): string | null {
  return readString(pointerAt(view, offset));
}

const MAX_INTERNED = 512n;
const internedBytes = new Uint8Array(Number(MAX_INTERNED));
const internedWords = new Int32Array(internedBytes.buffer);
const strings = new Interning(textOf);

/**
 * Copies a C string that is read over and over, such as a name; it stays libvirt's. NULL (0) is "".
 */
export function internedString(address: bigint): string {
  if (address === 0n) return "";
  library().memccpy(internedBytes, address, 0, MAX_INTERNED);
  const length = wordsOfString(internedWords, 0, internedWords.length);
  if (length === internedWords.length) return readString(Deno.UnsafePointer.create(address)) ?? "";
  return strings.get(internedWords, 0, length);
}

/** An unsigned 64 bit number. Above 2^53 (104 days in ns, 9 PB in bytes) it is the nearest double. */
export function uint64At(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000;
}

/** Text of a fixed-size, NUL-ended char array. */
export function charsAt(view: DataView<ArrayBuffer>, offset: number, length: number): string {
  return textOf(new Uint8Array(view.buffer, view.byteOffset + offset, length));
}

/** Room for one pointer that a C function fills in. */
export class OutPointer {
  readonly buffer = new BigUint64Array(1);

  /** What was filled in, 0 for NULL. */
  get address(): bigint {
    return this.buffer[0]!;
  }

  /** What was filled in. */
  get value(): Deno.PointerValue {
    return Deno.UnsafePointer.create(this.address);
  }
}

/** Copies an array of `count` pointers that was given to us, and frees the array (not what it points to). */
export function takePointers(array: Deno.PointerValue, count: number): Deno.PointerObject[] {
  if (array === null) return [];
  const view = copyMemory(array, count * 8);
  library().free(array);
  const pointers: Deno.PointerObject[] = [];
  for (let at = 0; at < count; at++) {
    const pointer = pointerAt(view, at * 8);
    if (pointer !== null) pointers.push(pointer);
  }
  return pointers;
}
