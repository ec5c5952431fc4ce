/** libc, reached through libvirt's own handle: whatever libvirt mallocs must go back to the same libc. */
export const memorySymbols = {
  free: { parameters: ["pointer" /* void *ptr */], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;
