/**
 * virConnectOpen has three troubles: its error belongs to no connection and reaches a function that all
 * opens share; it hangs without end on a daemon that hangs; and it cannot be cancelled. So opens run one
 * at a time; one that passed its deadline is left behind, and whoever opens the same URI next waits for
 * that one instead of hanging another thread.
 */
import { openErrors } from "./error_capture.ts";
import { LaneBroken } from "./errors.ts";
import { startEventLoop } from "./event_loop.ts";
import { library } from "./library.ts";
import { cString } from "./memory.ts";
import { Slots } from "./slots.ts";

type OpenFunction = "virConnectOpen" | "virConnectOpenReadOnly";

interface Opening {
  connection: Promise<Deno.PointerObject>;
  /** Whether somebody still waits; if not, the connection is closed when it comes. */
  awaited: boolean;
}

/** One open at a time, left-behind ones aside. */
const turn = new Slots(1);
/** One waiter at a time for each function and URI. */
const turns = new Map<string, Slots>();
/** Openings that have not come back yet, by function and URI. */
const openings = new Map<string, Opening>();

/**
 * Opens a connection in at most `deadline` ms. Throws LibvirtError, LibvirtMissing, or LaneBroken with
 * reason `deadline`. https://libvirt.org/html/libvirt-libvirt-host.html#virConnectOpen
 */
export async function openPointer(
  uri: string,
  readOnly: boolean,
  deadline: number,
): Promise<Deno.PointerObject> {
  startEventLoop();
  const operation = readOnly ? "virConnectOpenReadOnly" : "virConnectOpen";
  const key = `${operation} ${uri}`;
  const until = performance.now() + deadline;
  const left = () => Math.max(0, until - performance.now());
  const mine = turns.get(key) ?? new Slots(1);
  turns.set(key, mine);
  return await inTurn(mine, left(), operation, async () => {
    const leftBehind = openings.get(key);
    if (leftBehind !== undefined) return await result(leftBehind, left(), operation);
    return await inTurn(
      turn,
      left(),
      operation,
      () => result(begin(key, uri, operation), left(), operation),
    );
  });
}

async function inTurn<T>(
  slots: Slots,
  ms: number,
  operation: string,
  use: () => Promise<T>,
): Promise<T> {
  if (!await slots.take(ms)) throw new LaneBroken("deadline", operation);
  try {
    return await use();
  } finally {
    slots.release();
  }
}

function begin(key: string, uri: string, operation: OpenFunction): Opening {
  const opening: Opening = { connection: open(uri, operation), awaited: true };
  openings.set(key, opening);
  opening.connection.then(
    (connection) => {
      openings.delete(key);
      if (!opening.awaited) library().virConnectClose(connection);
    },
    () => openings.delete(key),
  );
  return opening;
}

async function open(uri: string, operation: OpenFunction): Promise<Deno.PointerObject> {
  const name = cString(uri, operation);
  if (openings.size === 0) openErrors.clear();
  const connection = await library()[operation](name);
  if (connection === null) throw openErrors.take(operation);
  return connection;
}

async function result(
  opening: Opening,
  ms: number,
  operation: string,
): Promise<Deno.PointerObject> {
  opening.awaited = true;
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    opening.awaited = false;
    expired.reject(new LaneBroken("deadline", operation));
  }, ms);
  try {
    return await Promise.race([opening.connection, expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}
