/**
 * libvirt's event loop: events, keepalive and streams live on it. One thread of Deno's runs one turn of it
 * after the other. https://libvirt.org/html/libvirt-libvirt-event.html
 */
import { captureGlobalErrors } from "./error_capture.ts";
import { library } from "./library.ts";
import { trampoline } from "./trampoline.ts";

const OFF = -1;
let wakeTimer: number | undefined;
let running: Promise<void> | undefined;
let stopping = false;

// The timer only ends the turn that runs; it switches itself off again.
const onWake = trampoline(
  { parameters: ["i32", /* int timer */ "pointer" /* void *opaque */], result: "void" },
  (timer) => library().virEventUpdateTimeout(timer, OFF),
);

/** Starts the loop unless it runs. Must come before the first connection is opened. */
export function startEventLoop(): void {
  if (wakeTimer === undefined) {
    captureGlobalErrors();
    if (library().virEventRegisterDefaultImpl() < 0) throw new Error("libvirt has no event loop");
    wakeTimer = library().virEventAddTimeout(OFF, onWake(), 0n, null);
  }
  stopping = false;
  running ??= run();
}

/**
 * Stops the loop and resolves when its thread is idle; then nothing of libvirt keeps the process alive.
 * Close all connections first: without the loop no event, keepalive or stream byte arrives.
 */
export async function stopEventLoop(): Promise<void> {
  if (running === undefined || wakeTimer === undefined) return;
  stopping = true;
  library().virEventUpdateTimeout(wakeTimer, 0);
  await running;
}

async function run(): Promise<void> {
  const { virEventRunDefaultImpl } = library();
  try {
    while (!stopping) {
      // A loop that fails at once would spin; without it libvirt is deaf, so this is fatal.
      if (await virEventRunDefaultImpl() < 0) throw new Error("libvirt's event loop failed");
    }
  } finally {
    running = undefined;
  }
}
