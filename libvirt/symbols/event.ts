/** The event loop: https://libvirt.org/html/libvirt-libvirt-event.html */
export const eventSymbols = {
  virEventRegisterDefaultImpl: { parameters: [], result: "i32" },
  virEventRunDefaultImpl: { parameters: [], result: "i32", nonblocking: true },
  virEventAddTimeout: {
    parameters: [
      "i32", // int frequency, ms; -1 is off
      "function", // virEventTimeoutCallback cb
      "u64", // void *opaque
      "pointer", // virFreeCallback ff, NULL
    ],
    result: "i32",
  },
  virEventUpdateTimeout: {
    parameters: [
      "i32", // int timer
      "i32", // int frequency, ms; -1 is off
    ],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;
