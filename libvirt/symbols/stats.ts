/** Bulk statistics: https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetAllDomainStats */
export const statsSymbols = {
  virConnectGetAllDomainStats: {
    parameters: [
      "pointer", // virConnectPtr conn
      "u32", // unsigned int stats
      "buffer", // virDomainStatsRecordPtr **retStats
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainListGetStats: {
    parameters: [
      "buffer", // virDomainPtr *doms, NULL at the end
      "u32", // unsigned int stats
      "buffer", // virDomainStatsRecordPtr **retStats
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainStatsRecordListFree: {
    parameters: ["usize" /* virDomainStatsRecordPtr *stats */],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;
