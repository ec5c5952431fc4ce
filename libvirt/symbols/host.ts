/** The host and its versions: https://libvirt.org/html/libvirt-libvirt-host.html */
export const hostSymbols = {
  virConnectGetLibVersion: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // unsigned long *libVer
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectGetVersion: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // unsigned long *hvVer
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectGetType: {
    parameters: ["pointer" /* virConnectPtr conn */],
    result: "pointer", // const char *, not ours
    nonblocking: true,
  },
  virConnectGetHostname: {
    parameters: ["pointer" /* virConnectPtr conn */],
    result: "pointer", // char *, ours to free
    nonblocking: true,
  },
  virConnectGetCapabilities: {
    parameters: ["pointer" /* virConnectPtr conn */],
    result: "pointer", // char *, ours to free
    nonblocking: true,
  },
  virNodeGetInfo: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // virNodeInfoPtr info, 64 bytes
    ],
    result: "i32",
    nonblocking: true,
  },
  virNodeGetCPUStats: {
    parameters: [
      "pointer", // virConnectPtr conn
      "i32", // int cpuNum, -1: all together
      "buffer", // virNodeCPUStatsPtr params, 88 bytes each
      "buffer", // int *nparams
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virNodeGetMemoryStats: {
    parameters: [
      "pointer", // virConnectPtr conn
      "i32", // int cellNum, -1: all together
      "buffer", // virNodeMemoryStatsPtr params, 88 bytes each
      "buffer", // int *nparams
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
} as const satisfies Deno.ForeignLibraryInterface;
