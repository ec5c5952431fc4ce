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

/**
 * GLib's main loop, which libvirt's default event loop stands on since 6.1 and brings along.
 * https://docs.gtk.org/glib/main-loop.html
 */
export const glibSymbols = {
  g_main_loop_new: {
    parameters: [
      "pointer", // GMainContext *context, NULL: the default, which is libvirt's
      "i32", // gboolean is_running
    ],
    result: "pointer",
    optional: true,
  },
  g_main_loop_run: {
    parameters: ["pointer" /* GMainLoop *loop */],
    result: "void",
    nonblocking: true,
    optional: true,
  },
  g_main_loop_quit: {
    parameters: ["pointer" /* GMainLoop *loop */],
    result: "void",
    optional: true,
  },
} as const satisfies Deno.ForeignLibraryInterface;
