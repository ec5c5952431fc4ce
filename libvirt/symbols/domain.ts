/**
 * Domains: https://libvirt.org/html/libvirt-libvirt-domain.html
 * Nonblocking unless they only touch our own memory (name, UUID, id, free).
 */
export const domainSymbols = {
  virConnectListAllDomains: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // virDomainPtr **domains
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainLookupByName: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // const char *name
    ],
    result: "pointer",
    nonblocking: true,
  },
  virDomainLookupByUUIDString: {
    parameters: [
      "pointer", // virConnectPtr conn
      "buffer", // const char *uuidstr
    ],
    result: "pointer",
    nonblocking: true,
  },
  virDomainFree: { parameters: ["pointer" /* virDomainPtr domain */], result: "i32" },
  virDomainGetName: {
    parameters: ["usize" /* virDomainPtr domain */],
    result: "usize", // const char *, the domain's
  },
  virDomainGetUUID: {
    parameters: [
      "usize", // virDomainPtr domain
      "buffer", // unsigned char *uuid, 16 bytes
    ],
    result: "i32",
  },
  virDomainGetID: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "u32", // (unsigned int)-1 while it does not run
  },
  virDomainGetState: {
    parameters: [
      "pointer", // virDomainPtr domain
      "buffer", // int *state
      "buffer", // int *reason
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainGetInfo: {
    parameters: [
      "pointer", // virDomainPtr domain
      "buffer", // virDomainInfoPtr info, 40 bytes
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainGetXMLDesc: {
    parameters: [
      "pointer", // virDomainPtr domain
      "u32", // unsigned int flags
    ],
    result: "pointer", // char *, ours to free
    nonblocking: true,
  },
  virDomainIsPersistent: {
    parameters: ["pointer" /* virDomainPtr dom */],
    result: "i32",
    nonblocking: true,
  },
  virDomainGetAutostart: {
    parameters: [
      "pointer", // virDomainPtr domain
      "buffer", // int *autostart
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainCreate: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "i32",
    nonblocking: true,
  },
  virDomainShutdown: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "i32",
    nonblocking: true,
  },
  virDomainReboot: {
    parameters: [
      "pointer", // virDomainPtr domain
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainDestroy: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "i32",
    nonblocking: true,
  },
  virDomainReset: {
    parameters: [
      "pointer", // virDomainPtr domain
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainSendKey: {
    parameters: [
      "pointer", // virDomainPtr domain
      "u32", // unsigned int codeset
      "u32", // unsigned int holdtime, ms
      "buffer", // unsigned int *keycodes
      "i32", // int nkeycodes
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainSuspend: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "i32",
    nonblocking: true,
  },
  virDomainResume: {
    parameters: ["pointer" /* virDomainPtr domain */],
    result: "i32",
    nonblocking: true,
  },
  virDomainPMWakeup: {
    parameters: [
      "pointer", // virDomainPtr dom
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainSetMemoryStatsPeriod: {
    parameters: [
      "pointer", // virDomainPtr domain
      "i32", // int period, s
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainInterfaceAddresses: {
    parameters: [
      "pointer", // virDomainPtr dom
      "buffer", // virDomainInterfacePtr **ifaces
      "u32", // unsigned int source
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
  virDomainInterfaceFree: {
    parameters: ["pointer" /* virDomainInterfacePtr iface */],
    result: "void",
  },
  virDomainOpenConsole: {
    parameters: [
      "pointer", // virDomainPtr dom
      "buffer", // const char *dev_name, NULL: the first
      "pointer", // virStreamPtr st
      "u32", // unsigned int flags
    ],
    result: "i32",
    nonblocking: true,
  },
} as const satisfies Deno.ForeignLibraryInterface;
