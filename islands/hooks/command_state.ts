import type { Told } from "@/components/Outcome.tsx";
import type { Action, ServerMessage } from "@/protocol/mod.ts";

/** A command given from this page, from the click to its outcome. */
export interface CommandState {
  requestId: string;
  action: Action;
  force: boolean;
  phase: "sent" | "queued" | "running" | "waiting" | "done" | "failed";
  /** The server's words about it; empty until it has said something. */
  message: string;
}

export function isPending({ phase }: CommandState): boolean {
  return phase !== "done" && phase !== "failed";
}

/** What is known of `command` after `message`; messages about other commands change nothing. */
export function applyToCommand(command: CommandState, message: ServerMessage): CommandState {
  if (!isPending(command)) return command;
  const { type, data } = message;
  if (!("requestId" in data) || data.requestId !== command.requestId) return command;
  if (type === "progress") return { ...command, phase: data.state, message: data.message };
  if (type === "response") {
    return { ...command, phase: data.success ? "done" : "failed", message: data.message };
  }
  return type === "error" ? { ...command, phase: "failed", message: data.message } : command;
}

/** What is told of a command, in words. */
export function toldOf({ phase, message }: CommandState, doing: string): Told {
  if (phase === "done" || phase === "failed") return { kind: phase, message };
  return { kind: "pending", message: message || doing };
}

/** A request id. Not `crypto.randomUUID`, which browsers withhold from pages without TLS. */
export function requestId(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
