/**
 * libvirt's event loop: events, keepalive and streams live on it, on one thread of Deno's.
 * https://libvirt.org/html/libvirt-libvirt-event.html
 */
import { captureGlobalErrors } from "./error_capture.ts";
import { library } from "./library.ts";
import type { Library } from "./library.ts";
import { trampoline } from "./trampoline.ts";

/** A way to run the loop. `quit` is called on the loop, while it runs. */
export interface Engine {
  run(): Promise<void>;
  quit(): void;
}

const OFF = -1;
let timers: { quit: number; settle: number } | undefined;
let engine: Engine | undefined;
let running: Promise<void> | undefined;
const settling: (() => void)[] = [];

// Timers are how other threads' wishes reach the loop. They switch themselves off again.
const onTimer = trampoline(
  {
    parameters: [
      "i32", // int timer
      "pointer", // void *opaque
    ],
    result: "void",
  },
  (timer) => {
    library().virEventUpdateTimeout(timer, OFF);
    if (timer === timers?.quit) engine?.quit();
    else for (const settled of settling.splice(0)) settled();
  },
);

/** Starts the loop unless it runs. Must come before the first connection is opened. */
export function startEventLoop(preferred?: Engine): void {
  if (timers === undefined) {
    const c = library();
    captureGlobalErrors();
    if (c.virEventRegisterDefaultImpl() < 0) throw new Error("libvirt has no event loop");
    const addTimer = () => c.virEventAddTimeout(OFF, onTimer(), 0n, null);
    timers = { quit: addTimer(), settle: addTimer() };
  }
  if (running !== undefined) return;
  engine = preferred ?? glibEngine() ?? turnEngine();
  running = engine.run().finally(() => {
    running = undefined;
    for (const settled of settling.splice(0)) settled();
  });
}

/**
 * Stops the loop and resolves when its thread is idle; then nothing of libvirt keeps the process alive.
 * Close all connections first: without the loop no event, keepalive or stream byte arrives.
 */
export async function stopEventLoop(): Promise<void> {
  if (running === undefined || timers === undefined) return;
  library().virEventUpdateTimeout(timers.quit, 0);
  await running;
}

/**
 * Resolves when the loop has come back from what it is calling now. While it calls, it holds on to the
 * connection and the domain that the call is about.
 */
export function settleEventLoop(): Promise<void> {
  if (running === undefined || timers === undefined) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  settling.push(resolve);
  library().virEventUpdateTimeout(timers.settle, 0);
  return promise;
}

/** Is called back and waits; nothing returns to us between two turns, which saves events a millisecond. */
export function glibEngine(): Engine | null {
  const c: Library = library();
  const { g_main_loop_new: create, g_main_loop_run: run, g_main_loop_quit: quit } = c;
  if (create === null || run === null || quit === null) return null;
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
