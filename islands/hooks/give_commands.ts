import type { Command, CommandsGiven, Problem, ServerMessage } from "@/protocol/mod.ts";
import { pageToken } from "@/components/FormToken.tsx";
import type { Told } from "@/components/Outcome.tsx";
import { type ChoiceName, CHOICES } from "@/components/power.ts";
import { requestId } from "@/islands/hooks/command_state.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";
import { toldHere } from "@/islands/hooks/told_here.ts";
import { link, power } from "@/texts/mod.ts";

/** VMs in one request. */
const MOST = 1000;
const ADDRESS = "/api/v1/commands";

/**
 * Gives a command to VMs, and tells what becomes of each. The server goes on with it whatever becomes
 * of the page; no notice tells of what is told here. Returns what ends the telling.
 */
export function giveCommands(
  name: ChoiceName,
  uuids: string[],
  tell: (uuid: string, told: Told) => void,
): () => void {
  const base = requestId();
  const vms = new Map(uuids.map((uuid) => [`${base}:${uuid}`, uuid]));
  for (const id of vms.keys()) toldHere.add(id);
  const tellOf = (id: string, told: Told | null) => {
    const uuid = vms.get(id);
    if (uuid !== undefined && told) tell(uuid, told);
  };
  const tellEnds = (commands: Command[]) => {
    for (const command of commands) tellOf(command.requestId, endOf(command));
  };

  // Every page follows all events.
  const { socket, release } = borrow("/ws/events", "/api/v1/host");
  let missed = false;
  const stops = [
    socket.listen((message) => {
      const heard = ofEvent(message, power.doing[name]);
      if (heard) tellOf(...heard);
    }),
    socket.watch(({ kind }) => {
      // A server that has started anew remembers no events, but what became of commands.
      if (kind === "live" && missed) void ask<Command[]>(`${ADDRESS}?limit=1000`).then(tellEnds);
      missed = kind !== "live";
    }),
    release,
    () => vms.forEach((_, id) => toldHere.delete(id)),
  ];

  void (async () => {
    for (let at = 0; at < uuids.length; at += MOST) {
      const some = uuids.slice(at, at + MOST);
      try {
        const { action, force } = CHOICES[name];
        const body = { action, requestId: base, vms: some, ...(force ? { force } : {}) };
        const { commands, refused } = await ask<CommandsGiven>(ADDRESS, body);
        tellEnds(commands);
        for (const { vm, message } of refused) tell(vm, { kind: "failed", message });
      } catch (error) {
        const message = error instanceof Refusal ? error.message : link.unreachable;
        for (const uuid of some) tell(uuid, { kind: "failed", message });
      }
    }
  })();
  return () => stops.forEach((stop) => stop());
}

/** What an event says of a command, with its request id; null where it is about none. */
export function ofEvent({ type, data }: ServerMessage, doing: string): [string, Told] | null {
  if (type !== "event" || data.kind !== "command") return null;
  const { requestId, state, message } = data.detail as Record<string, string>;
  const kind = state === "done" || state === "failed" ? state : "pending";
  return [requestId!, { kind, message: state === "running" ? doing : message! }];
}

function endOf({ success, message }: Command): Told | null {
  return success === null ? null : { kind: success ? "done" : "failed", message: message ?? "" };
}

/** The server said no. */
class Refusal extends Error {}

async function ask<T>(address: string, body?: unknown): Promise<T> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const response = await fetch(
    address,
    body === undefined ? { headers } : {
      method: "POST",
      headers: { ...headers, "x-csrf-token": pageToken() ?? "" },
      body: JSON.stringify(body),
    },
  );
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  throw new Refusal((answer as Problem).detail);
}
