import { number } from "@/components/number.ts";
import type { ConsoleViewer } from "@/protocol.ts";
import type { ConsoleState } from "@/islands/hooks/console_client.ts";
import type { Found, TerminalSize } from "@/islands/hooks/open_terminal.ts";

const CLOSED = {
  stopped: "The guest is off. The console opens again when it starts.",
  taken: "Something else took the console.",
  lost: "libvirt was lost. The console opens again when it is back.",
};

/** How a console is doing, without the seconds of a wait: a screen reader need not hear each of them. */
export function stateWords({ link, line }: ConsoleState): string {
  switch (link.kind) {
    case "connecting":
      return "Connecting…";
    case "waiting":
      return "Reconnecting";
    case "offline":
      return "Offline: no network";
    case "ended":
      return link.reason;
  }
  if (line.kind === "refused") return line.message;
  if (line.kind === "closed") return CLOSED[line.reason];
  return line.kind === "open" ? "Connected" : "Connecting…";
}

/** Whether something else holds the console. */
export function isTaken({ line }: ConsoleState): boolean {
  return (line.kind === "refused" && line.code === "CONSOLE_BUSY") ||
    (line.kind === "closed" && line.reason === "taken");
}

/**
 * With whom the console is shared, and for whom the guest's output is laid out when that is another
 * size than `mine`. Empty when nobody else looks.
 */
export function sharedWords(state: ConsoleState, mine: TerminalSize): string {
  const others = company(state);
  if (others === "") return "";
  const { size } = state;
  const other = size !== null && (size.columns !== mine.columns || size.rows !== mine.rows);
  return `Shared with ${others}` +
    (other ? `, whose terminal has ${size.columns} × ${size.rows}` : "");
}

/** Who else looks at a console: "alice, bob (reads), you elsewhere". Empty when nobody does. */
function company({ viewers, viewerId }: ConsoleState): string {
  const self = viewers.find(({ id }) => id === viewerId);
  const names = new Map<string, number>();
  for (const viewer of viewers) {
    if (viewer === self) continue;
    const name = nameOf(viewer, self);
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  return [...names].map(([name, count]) => count === 1 ? name : `${name} ×${count}`).join(", ");
}

function nameOf({ user, readOnly }: ConsoleViewer, self: ConsoleViewer | undefined): string {
  if (user === self?.user) return "you elsewhere";
  return readOnly ? `${user} (reads)` : user;
}

/** What a search found. */
export function foundWords(found: Found | null): string {
  if (found === null) return "";
  if (found.count === 0) return "Nothing found";
  return found.index < 0 ? `${found.count} or more` : `${found.index + 1} of ${found.count}`;
}

/** Bytes as people say them: "712 bytes", "64 kB", "1.5 MB". */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}
