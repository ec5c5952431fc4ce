import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { TerminalOptions } from "@/components/terminal/options.ts";
import {
  type OpenTerminal,
  openTerminal,
  type TerminalEvents,
} from "@/islands/hooks/open_terminal.ts";

/**
 * A terminal in the element that `box` is given to: null until there are options, and its code is
 * loaded. Options may change while it is open.
 */
export function useTerminal(options: TerminalOptions | null, events: TerminalEvents): {
  box: RefObject<HTMLDivElement>;
  terminal: OpenTerminal | null;
  /** Its code could not be loaded. */
  failed: boolean;
} {
  const box = useRef<HTMLDivElement>(null);
  const [terminal, setTerminal] = useState<OpenTerminal | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(events);
  latest.current = events;

  useEffect(() => {
    const element = box.current;
    if (element === null || options === null) return;
    let opened: OpenTerminal | null = null;
    let left = false;
    openTerminal(element, options, following(latest)).then((terminal) => {
      if (left) return terminal.close();
      opened = terminal;
      setTerminal(terminal);
    }).catch((error) => {
      console.error(error);
      setFailed(true);
    });
    return () => {
      left = true;
      opened?.close();
      setTerminal(null);
    };
  }, [options === null]);

  useEffect(() => {
    if (options !== null) terminal?.apply(options);
  }, [terminal, options]);
  return { box, terminal, failed };
}

/** The events that the component has now, whichever it had when the terminal was opened. */
function following(latest: { current: TerminalEvents }): TerminalEvents {
  return {
    onInput: (bytes) => latest.current.onInput(bytes),
    onPaste: (paste) => latest.current.onPaste(paste),
    onLink: (link) => latest.current.onLink(link),
    onTitle: (title) => latest.current.onTitle(title),
    onBell: () => latest.current.onBell(),
    onSelect: (text) => latest.current.onSelect(text),
    onResize: (size) => latest.current.onResize(size),
    onFound: (found) => latest.current.onFound(found),
    onLeave: () => latest.current.onLeave(),
    onSearch: () => latest.current.onSearch(),
    isResponder: () => latest.current.isResponder(),
  };
}
