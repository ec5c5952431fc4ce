/**
 * libc, reached through libvirt's own handle: what libvirt mallocs must go back to the same libc. Addresses
 * are bigints here, not pointer objects: the copies below run thousands of times a second, and a call with
 * bigints alone costs 30 ns where one with numbers or pointer objects costs 200.
 */
export const memorySymbols = {
  free: { parameters: ["pointer" /* void *ptr */], result: "void" },
  memcpy: {
    parameters: [
      "buffer", // void *dest
      "usize", // const void *src
      "usize", // size_t n
    ],
    result: "void",
  },
  memccpy: {
    parameters: [
      "buffer", // void *dest
      "usize", // const void *src
      "i32", // int c: the byte that ends the copy
      "usize", // size_t n
    ],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;
