/**
 * Connections: https://libvirt.org/html/libvirt-libvirt-host.html
 * All of these may speak to the daemon, so all are nonblocking: a daemon that hangs must not freeze us.
 */
export const connectSymbols = {
  virConnectOpen: {
    parameters: ["buffer" /* const char *name */],
    result: "pointer",
    nonblocking: true,
  },
  virConnectOpenReadOnly: {
    parameters: ["buffer" /* const char *name */],
    result: "pointer",
    nonblocking: true,
  },
  virConnectClose: {
    parameters: ["pointer" /* virConnectPtr conn */],
    result: "i32",
    nonblocking: true,
  },
  virConnectIsAlive: {
    parameters: ["pointer" /* virConnectPtr conn */],
    result: "i32",
    nonblocking: true,
  },
  virConnectSetKeepAlive: {
    parameters: [
      "pointer", // virConnectPtr conn
      "i32", // int interval, s
      "u32", // unsigned int count
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectRegisterCloseCallback: {
    parameters: [
      "pointer", // virConnectPtr conn
      "function", // virConnectCloseFunc cb
      "u64", // void *opaque
      "pointer", // virFreeCallback freecb, NULL
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectUnregisterCloseCallback: {
    parameters: [
      "pointer", // virConnectPtr conn
      "function", // virConnectCloseFunc cb
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectDomainEventRegisterAny: {
    parameters: [
      "pointer", // virConnectPtr conn
      "pointer", // virDomainPtr dom, NULL: all
      "i32", // int eventID
      "function", // virConnectDomainEventGenericCallback cb
      "u64", // void *opaque
      "pointer", // virFreeCallback freecb, NULL
    ],
    result: "i32",
    nonblocking: true,
  },
  virConnectDomainEventDeregisterAny: {
    parameters: [
      "pointer", // virConnectPtr conn
      "i32", // int callbackID
    ],
    result: "i32",
    nonblocking: true,
  },
} as const satisfies Deno.ForeignLibraryInterface;
