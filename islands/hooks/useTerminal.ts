import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { openTerminal, type TerminalOptions } from "@/islands/hooks/open_terminal.ts";
import type { ConsoleSink } from "@/islands/hooks/useVMConsole.ts";

/** A terminal in the element that `box` is given to; `sink` is null until it is there. */
export function useTerminal(options: TerminalOptions): {
  box: RefObject<HTMLDivElement>;
  sink: ConsoleSink | null;
  /** Its code could not be loaded. */
  failed: boolean;
} {
  const box = useRef<HTMLDivElement>(null);
  const [sink, setSink] = useState<ConsoleSink | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let close = () => {};
    let left = false;
    openTerminal(element, {
      readOnly: options.readOnly,
      onInput: (bytes) => latest.current.onInput(bytes),
      onLeave: () => latest.current.onLeave(),
    }).then((terminal) => {
      if (left) return terminal.close();
      close = terminal.close;
      setSink(terminal);
    }).catch((error) => {
      console.error(error);
      setFailed(true);
    });
    return () => {
      left = true;
      close();
      setSink(null);
    };
  }, []);
  return { box, sink, failed };
}
