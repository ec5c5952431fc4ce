/**
 * libvirt's event loop: events, keepalive and streams live on it, on one thread of Deno's.
 * https://libvirt.org/html/libvirt-libvirt-event.html
 */
import { captureGlobalErrors } from "./error_capture.ts";
import { library } from "./library.ts";
import type { Library } from "./library.ts";
import { trampoline } from "./trampoline.ts";
import { libvirtVersionNumber } from "./version.ts";

/** A way to run the loop. `quit` is called on the loop, while it runs. */
export interface Engine {
  run(): Promise<void>;
  quit(): void;
}

const OFF = -1;
const FIRST_ON_GLIB = 6_001_000;
let wakeTimer: number | undefined;
let engine: Engine | undefined;
let running: Promise<void> | undefined;

// The timer is how other threads' wishes reach the loop: it ends it, and switches itself off again.
const onWake = trampoline(
  { parameters: ["i32", /* int timer */ "pointer" /* void *opaque */], result: "void" },
  (timer) => {
    library().virEventUpdateTimeout(timer, OFF);
    engine?.quit();
  },
);

/** Starts the loop unless it runs. Must come before the first connection is opened. */
export function startEventLoop(preferred?: Engine): void {
  if (wakeTimer === undefined) {
    captureGlobalErrors();
    if (library().virEventRegisterDefaultImpl() < 0) throw new Error("libvirt has no event loop");
    wakeTimer = library().virEventAddTimeout(OFF, onWake(), 0n, null);
  }
  if (running !== undefined) return;
  engine = preferred ?? glibEngine() ?? turnEngine();
  running = engine.run().finally(() => running = undefined);
}

/**
 * Stops the loop and resolves when its thread is idle; then nothing of libvirt keeps the process alive.
 * Close all connections first: without the loop no event, keepalive or stream byte arrives.
 */
export async function stopEventLoop(): Promise<void> {
  if (running === undefined || wakeTimer === undefined) return;
  library().virEventUpdateTimeout(wakeTimer, 0);
  await running;
}

/** Is called back and waits; nothing returns to us between two turns, which saves events a millisecond. */
export function glibEngine(): Engine | null {
  const c: Library = library();
  const { g_main_loop_new: create, g_main_loop_run: run, g_main_loop_quit: quit } = c;
  if (create === null || run === null || quit === null) return null;
  if (libvirtVersionNumber() < FIRST_ON_GLIB) return null;
  const loop = create(null, 0);
  return { run: () => run(loop), quit: () => quit(loop) };
}

/** One turn after the other, as libvirt's documentation has it: works everywhere. */
export function turnEngine(): Engine {
  let stopping = false;
  return {
    async run() {
      while (!stopping) {
        // A loop that fails at once would spin, and without it libvirt is deaf: this is fatal.
        if (await library().virEventRunDefaultImpl() < 0) {
          throw new Error("libvirt's event loop failed");
        }
      }
    },
    quit: () => stopping = true,
  };
}
