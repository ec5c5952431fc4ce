/** Set-up and errors: https://libvirt.org/html/libvirt-virterror.html */
export const errorSymbols = {
  virInitialize: { parameters: [], result: "i32" },
  virGetVersion: {
    parameters: [
      "buffer", // unsigned long *libVer
      "pointer", // const char *type, NULL: the library alone
      "pointer", // unsigned long *typeVer, NULL
    ],
    result: "i32",
  },
  virSetErrorFunc: {
    parameters: [
      "u64", // void *userData: here an id
      "function", // virErrorFunc handler
    ],
    result: "void",
  },
  virConnSetErrorFunc: {
    parameters: [
      "pointer", // virConnectPtr conn
      "u64", // void *userData: here an id
      "function", // virErrorFunc handler
    ],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;
