/** libvirt.so and all that it stands on, linked while this program reads the rest of its own code. */

const RTLD_LAZY = 1;

/**
 * Has the system's linker load libvirt on another thread, so that `library()` finds it there: linking
 * takes as long as it takes to read the server. What goes wrong is told by `library()`.
 * https://man7.org/linux/man-pages/man3/dlopen.3.html
 */
export function preloadLibrary(file = "libvirt.so.0"): void {
  try {
    const { dlopen } = Deno.dlopen("libc.so.6", {
      dlopen: {
        parameters: [/* const char *filename */ "buffer", /* int flags */ "i32"],
        result: "pointer",
        nonblocking: true,
      },
    }).symbols;
    dlopen(new TextEncoder().encode(`${file}\0`), RTLD_LAZY).catch(() => {});
  } catch {
    // Another libc, or one that has it elsewhere: then it is loaded where it is first called.
  }
}
