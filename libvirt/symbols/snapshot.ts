/**
 * Snapshots of domains: https://libvirt.org/html/libvirt-libvirt-domain-snapshot.html
 * Nonblocking unless they only touch our own memory (free).
 */
export const snapshotSymbols = {
  virDomainListAllSnapshots: {
    parameters: [
      "pointer", // virDomainPtr domain
      "buffer", // virDomainSnapshotPtr **snaps
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainSnapshotGetXMLDesc: {
    parameters: [
      "pointer", // virDomainSnapshotPtr snapshot
      "u32", // unsigned int flags
    ],
    result: "pointer", // char *, ours to free
    nonblocking: true,
  },
  virDomainSnapshotIsCurrent: {
    parameters: [
      "pointer", // virDomainSnapshotPtr snapshot
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainSnapshotFree: {
    parameters: ["pointer" /* virDomainSnapshotPtr snapshot */],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;
