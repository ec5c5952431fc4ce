import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TerminalOptions } from "@/components/terminal/options.ts";
import type { Found, OpenTerminal, TerminalSize } from "@/islands/hooks/open_terminal.ts";
import { ring } from "@/islands/hooks/ring.ts";
import { copyText } from "@/islands/hooks/save_text.ts";
import type { TerminalLink } from "@/islands/hooks/terminal_link.ts";
import { needsQuestion, type Paste } from "@/islands/hooks/terminal_paste.ts";
import { useTerminal } from "@/islands/hooks/useTerminal.ts";
import { useVMConsole, type VMConsole } from "@/islands/hooks/useVMConsole.ts";

/** What a terminal leaves to its page. */
export interface TerminalWishes {
  /** Something is pasted that runs by itself, or is not what it seems. */
  onPaste(paste: Paste): void;
  /** A link of the guest is followed. */
  onLink(link: TerminalLink): void;
  /** The keyboard wants to leave the terminal. */
  onLeave(): void;
  /** The keyboard wants to search. */
  onSearch(): void;
}

export interface ConsoleTerminal extends VMConsole {
  /** For the element that the terminal is in. */
  box: RefObject<HTMLDivElement>;
  /** Null until its code is loaded. */
  terminal: OpenTerminal | null;
  failed: boolean;
  readOnly: boolean;
  size: TerminalSize;
  /** What the guest calls its terminal. */
  title: string;
  /** What the search found. */
  found: Found | null;
  /** Types into the guest, and goes back to the terminal. */
  type(text: string): void;
}

/** Milliseconds for which a size has to last: a window that is being dragged has many. */
const SETTLED = 250;

/** A terminal and the console of the VM `name`, each connected with the other. */
export function useConsoleTerminal(
  name: string,
  mayOnlyRead: boolean,
  options: TerminalOptions | null,
  wishes: TerminalWishes,
): ConsoleTerminal {
  const [title, setTitle] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [resized, setResized] = useState<TerminalSize | null>(null);
  const { box, terminal, failed } = useTerminal(options, {
    ...wishes,
    onInput: (bytes) => void client?.type(bytes),
    onPaste(paste) {
      if (readOnly) return;
      if (needsQuestion(paste)) wishes.onPaste(paste);
      else terminal?.paste(paste.text);
    },
    onTitle: setTitle,
    onBell: () => options && ring(options.bell, box.current),
    onSelect: copyText,
    onResize: setResized,
    onFound: setFound,
    isResponder: () => state !== null && state.viewerId === state.responder,
  });
  const { state, client } = useVMConsole(name, terminal?.sink ?? null);
  const readOnly = state?.viewerId ? state.readOnly : mayOnlyRead;
  const size = resized ?? terminal?.size ?? null;

  useEffect(() => terminal?.setReadOnly(readOnly), [terminal, readOnly]);
  useEffect(() => {
    if (!size?.columns || !size.rows) return;
    const timer = setTimeout(() => client?.resizeHint(size.columns, size.rows), SETTLED);
    return () => clearTimeout(timer);
  }, [client, terminal, resized, state?.responder, state?.viewers.length]);

  const type = (text: string) => {
    client?.type(new TextEncoder().encode(text));
    terminal?.focus();
  };
  return {
    ...{ box, terminal, failed, state, client, readOnly, title, found, type },
    size: size ?? { columns: 80, rows: 24 },
  };
}
