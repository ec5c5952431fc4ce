import { number } from "@/components/number.ts";
import type { ConsoleViewer } from "@/protocol/mod.ts";
import type { ConsoleState } from "@/islands/hooks/console_client.ts";
import type { Found, TerminalSize } from "@/islands/hooks/open_terminal.ts";
import { consoleWords as texts, wire } from "@/texts/mod.ts";

/** How a console is doing, without the seconds of a wait: a screen reader need not hear each of them. */
export function stateWords({ link, line }: ConsoleState): string {
  switch (link.kind) {
    case "connecting":
      return texts.connecting;
    case "waiting":
      return texts.reconnecting;
    case "offline":
      return texts.offline;
    case "ended":
      return wire.words(link.reason);
  }
  if (line.kind === "refused") return wire.words(line.message);
  if (line.kind === "closed") return texts.closed[line.reason];
  return line.kind === "open" ? texts.connected : texts.connecting;
}

/** What went wrong, as the server says it. */
export const troubleWords = (trouble: string | null) =>
  trouble === null ? null : wire.words(trouble);

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
  return texts.sharedWith(others) +
    (other ? texts.otherSize(`${size.columns} × ${size.rows}`) : "");
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
  if (user === self?.user) return texts.youElsewhere;
  return readOnly ? texts.reads(user) : user;
}

/** What a search found. */
export function foundWords(found: Found | null): string {
  if (found === null) return "";
  if (found.count === 0) return texts.nothingFound;
  return found.index < 0 ? texts.orMore(found.count) : texts.foundOf(found.index + 1, found.count);
}

/** Bytes as people say them: "712 bytes", "64 kB", "1.5 MB". */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return texts.bytes(bytes);
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}
