/**
 * Storage pools: https://libvirt.org/html/libvirt-libvirt-storage.html
 * Nonblocking unless they only touch our own memory (free).
 */
export const storageSymbols = {
  virConnectListAllStoragePools: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // virStoragePoolPtr **pools
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virStoragePoolGetXMLDesc: {
    parameters: [
      "pointer", // virStoragePoolPtr pool
      "u32", // unsigned int flags
    ],
    result: "pointer", // char *, ours to free
    nonblocking: true,
  },
  virStoragePoolFree: {
    parameters: ["pointer" /* virStoragePoolPtr pool */],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;
