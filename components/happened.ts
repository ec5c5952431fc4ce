import type { Action, Command, Event } from "@/protocol/mod.ts";
import { type ChoiceName, CHOICES } from "@/components/power.ts";
import { power, timeline, wire } from "@/texts/mod.ts";

/** One line of a timeline: a command, an event of libvirt, or a visit to a console. */
export interface Happened {
  /** Unique among them. */
  id: string;
  kind: "command" | "event" | "console";
  /** RFC 3339. */
  time: string;
  /** The VM's name; null for the host. */
  vm: string | null;
  /** What happened, in words. */
  what: string;
  /** More of it: an outcome, a reason. */
  note: string;
  /** The user who did it; null where nobody of ours did. */
  who: string | null;
  tone: "plain" | "pending" | "good" | "bad";
  /** Of a command that is over, in seconds. */
  took: number | null;
  /** What may safely be asked for again; null where nothing is. */
  retry: ChoiceName | null;
}

/** A command of the history as one line, which is replaced as it goes on. */
export function ofCommand(command: Command): Happened {
  const { requestId, user, vm, createdAt, endedAt, success, message } = command;
  return {
    id: `command ${user} ${requestId}`,
    kind: "command",
    time: createdAt,
    vm,
    what: labelOf(command),
    note: wire.words(message ?? ""),
    who: user,
    tone: success === null ? "pending" : success ? "good" : "bad",
    took: endedAt === null ? null : (Date.parse(endedAt) - Date.parse(createdAt)) / 1000,
    retry: success === false && !command.force ? choiceOf(command) : null,
  };
}

const labelOf = (command: Pick<Command, "action" | "force">) => power.labels[choiceOf(command)];

/** The button that gives this command. */
export function choiceOf({ action, force }: Pick<Command, "action" | "force">): ChoiceName {
  const names = Object.keys(CHOICES) as ChoiceName[];
  const all = names.filter((name) => CHOICES[name].action === action);
  return all.find((name) => CHOICES[name].force === force) ?? all[0]!;
}

/** An event as one line; null for those of commands, which have a line of their own. */
export function ofEvent({ seq, kind, vm, detail, time }: Event): Happened | null {
  if (kind === "command") return null;
  const text = (name: string) => String(detail[name] ?? "");
  const line = (what: string, note = "", tone: Happened["tone"] = "plain"): Happened => ({
    id: `event ${seq}`,
    kind: kind === "console" ? "console" : "event",
    time,
    vm,
    what,
    note,
    who: kind === "console" ? text("user") : null,
    tone,
    took: null,
    retry: null,
  });
  switch (kind) {
    case "lifecycle": {
      const bad = BAD.test(`${text("event")} ${text("detail")}`);
      const [what, how] = [wire.words(text("event")), wire.words(text("detail"))];
      return line(upper(what), how === what ? "" : how, bad ? "bad" : "plain");
    }
    case "console":
      return line(visitOf(text("action")));
    case "reboot":
      return line(timeline.rebooted);
    case "io_error":
      return line(timeline.ioError, words(text("device"), text("reason"), text("source")), "bad");
    case "agent":
      return line(timeline.agent(wire.words(text("state"))), wire.words(text("reason")));
    default: {
      const rest = Object.entries(detail).map(([name, value]) => `${name} ${value}`);
      return line(
        upper(timeline.event(kind)),
        rest.join(", "),
        ALARMS.has(kind) ? "bad" : "plain",
      );
    }
  }
}

function visitOf(action: string): string {
  const visits: Record<string, string> = timeline.visits;
  return visits[action] ?? timeline.console;
}

/** Events of the lifecycle that nobody wants. */
export const BAD = /crashed|I\/O error|watchdog|API error|panicked|(?<!post-copy )\bfailed/;

const ALARMS = new Set(["watchdog", "control_error", "memory_failure"]);

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const words = (...parts: string[]) => parts.filter(Boolean).join(", ");

/** A part of a line of time. */
export interface Past {
  /** The newest first. */
  lines: Happened[];
  /** Whether there are older ones. */
  more: boolean;
}

/** What the lines of a page are made of. */
export interface Found {
  commands: Command[];
  events: Event[];
  /** So many lines are on it; there is one more of commands or events where there are older ones. */
  most: number;
  /** Every event so far has a number at or below it. */
  mark: number;
}

/** All of it on one line of time. */
export function timelineOf({ commands, events, most }: Omit<Found, "mark">): Past {
  const lines = [
    ...commands.map(ofCommand),
    ...events.map(ofEvent).filter((line) => line !== null),
  ];
  return newest({ lines, more: false }, most);
}

/**
 * The newest lines of them. What happened in one millisecond is not parted: older is what was before
 * the last line's time.
 */
function newest({ lines, more }: Past, most: number): Past {
  lines.sort(newestFirst);
  if (lines.length <= most) return { lines, more };
  const next = lines[most]!.time;
  const first = lines.slice(0, most);
  const whole = first.filter(({ time }) => time !== next);
  return { lines: whole.length === 0 ? first : whole, more: true };
}

const newestFirst = (a: Happened, b: Happened) =>
  a.time < b.time ? 1 : a.time > b.time ? -1 : a.id < b.id ? 1 : -1;

/** `past` with a newer line, which takes the place of an older one of the same id. */
export function withNewer({ lines, more }: Past, newer: Happened, most: number): Past {
  const others = lines.filter(({ id }) => id !== newer.id);
  return newest({ lines: [newer, ...others], more }, most);
}

/** What a timeline can be narrowed to. */
export const SHOWS = ["all", "command", "event", "console"] as const;
export type Show = typeof SHOWS[number];

/** What a timeline is narrowed to; null of VM or user is everyone. */
export interface Only {
  show: Show;
  vm: string | null;
  user: string | null;
}

/** Whether a line belongs there. */
export const belongs = ({ kind, vm, who }: Happened, only: Only) =>
  (only.show === "all" || only.show === kind) &&
  (only.vm === null || only.vm === vm) &&
  (only.user === null || only.user === who);

export const shownOf = (name: string | null): Show => SHOWS.find((show) => show === name) ?? "all";

/** What the event says of a command, put on the line that it has; a new line when it has none. */
export function commandLine(lines: Happened[], { detail, vm, time }: Event): Happened {
  const id = `command ${detail.user} ${detail.requestId}`;
  const known = lines.find((line) => line.id === id);
  const over = detail.state === "done" || detail.state === "failed";
  const begun = known?.time ?? time;
  const action = String(detail.action) as Action;
  return {
    id,
    kind: "command",
    time: begun,
    vm,
    what: labelOf({ action, force: detail.force === true }),
    note: wire.words(String(detail.message)),
    who: String(detail.user),
    tone: over ? detail.state === "done" ? "good" : "bad" : "pending",
    took: over ? (Date.parse(time) - Date.parse(begun)) / 1000 : null,
    retry: detail.state === "failed" && detail.force !== true
      ? choiceOf({ action, force: false })
      : null,
  };
}
