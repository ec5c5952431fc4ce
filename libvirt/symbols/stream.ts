/**
 * Streams: https://libvirt.org/html/libvirt-libvirt-stream.html
 * Receiving on a nonblocking stream only takes what has arrived, and callbacks are our process' own
 * affair, so these run at once. Sending blocks whatever the stream's flags say.
 */
export const streamSymbols = {
  virStreamNew: {
    parameters: [
      "pointer", // virConnectPtr conn
      "u32", // unsigned int flags
    ],
    result: "pointer",
  },
  virStreamRecv: {
    parameters: [
      "pointer", // virStreamPtr st
      "buffer", // char *data
      "usize", // size_t nbytes
    ],
    result: "i32",
  },
  virStreamSend: {
    parameters: [
      "pointer", // virStreamPtr st
      "buffer", // const char *data
      "usize", // size_t nbytes
    ],
    result: "i32",
    nonblocking: true,
  },
  virStreamEventAddCallback: {
    parameters: [
      "pointer", // virStreamPtr stream
      "i32", // int events
      "function", // virStreamEventCallback cb
      "u64", // void *opaque
      "pointer", // virFreeCallback ff, NULL
    ],
    result: "i32",
  },
  virStreamEventUpdateCallback: {
    parameters: [
      "pointer", // virStreamPtr stream
      "i32", // int events
    ],
    result: "i32",
  },
  virStreamEventRemoveCallback: {
    parameters: ["pointer" /* virStreamPtr stream */],
    result: "i32",
  },
  virStreamAbort: {
    parameters: ["pointer" /* virStreamPtr st */],
    result: "i32",
    nonblocking: true,
  },
  virStreamFree: { parameters: ["pointer" /* virStreamPtr st */], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;
