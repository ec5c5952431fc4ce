/** As malloc.h numbers them. */
const M_TRIM_THRESHOLD = -1;
const M_MMAP_THRESHOLD = -3;
const M_ARENA_MAX = -8;

const MIB = 1024 * 1024;

function open() {
  try {
    return Deno.dlopen("libc.so.6", {
      mallopt: { parameters: ["i32", /* int param */ "i32" /* int value */], result: "i32" },
      malloc_trim: { parameters: ["usize" /* size_t pad */], result: "i32" },
    }).symbols;
  } catch {
    // Another libc than glibc, which has its own ways.
    return null;
  }
}

/**
 * Has glibc give freed memory back to the system. By itself it learns from one large block to keep such
 * blocks for ever, in an arena for each of many threads: a password's hash takes 8 MiB, a listing of all
 * VMs as much, and ten sign-ins left 45 MB behind. Call it before libvirt is: a thread keeps its arena.
 * https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
export function frugalMalloc(): void {
  const libc = open();
  libc?.mallopt(M_MMAP_THRESHOLD, MIB);
  // More than a second's messages to a thousand sockets, or each second takes it all anew.
  libc?.mallopt(M_TRIM_THRESHOLD, 16 * MIB);
  libc?.mallopt(M_ARENA_MAX, 2);
}

/** Gives back what lies free between blocks that are used, e.g. after all VMs were listed. */
export function trimMalloc(): void {
  open()?.malloc_trim(0n);
}
