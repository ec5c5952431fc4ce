import type { ITheme, Terminal } from "@xterm/xterm";
import { guard } from "@/islands/hooks/terminal_guard.ts";
import type { ConsoleSink } from "@/islands/hooks/useVMConsole.ts";

export interface TerminalOptions {
  readOnly: boolean;
  /** Called with what is typed or pasted. */
  onInput: (bytes: Uint8Array) => void;
  /** Called when the keyboard wants to leave the terminal. */
  onLeave: () => void;
}

/** Dark in light pages too: what guests write is coloured for dark. Every colour reads on the first. */
export const THEME: ITheme = {
  background: "#0a1114",
  foreground: "#dfe6e8",
  cursor: "#7fd6dd",
  cursorAccent: "#0a1114",
  selectionBackground: "#2d5a63",
  black: "#3d4a50",
  red: "#f2777a",
  green: "#7fcf97",
  yellow: "#e3c073",
  blue: "#7fb2ea",
  magenta: "#d09be0",
  cyan: "#6fd0d8",
  white: "#c9d3d6",
  brightBlack: "#7d8b91",
  brightRed: "#ff9a9b",
  brightGreen: "#a0e6b4",
  brightYellow: "#f5d98f",
  brightBlue: "#a5cbf7",
  brightMagenta: "#e5bdf1",
  brightCyan: "#9be6ec",
  brightWhite: "#ffffff",
};

/** Opens a terminal in `box`, fitted to it. Loads xterm, and its styles, at first use. */
export async function openTerminal(
  box: HTMLElement,
  { readOnly, onInput, onLeave }: TerminalOptions,
): Promise<ConsoleSink & { close(): void }> {
  const [{ Terminal }, { FitAddon }] = await Promise.all([
    import("@xterm/xterm"),
    import("@xterm/addon-fit"),
    import("@xterm/xterm/css/xterm.css"),
  ]);
  const terminal = new Terminal({
    theme: THEME,
    fontFamily: getComputedStyle(box).fontFamily,
    fontSize: 13,
    lineHeight: 1.2,
    scrollback: 5000,
    disableStdin: readOnly,
    cursorBlink: false,
    cursorInactiveStyle: readOnly ? "none" : "outline",
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  let past = true;
  guard(terminal, () => past);
  terminal.open(box);
  fit.fit();
  const resize = new ResizeObserver(() => fit.fit());
  resize.observe(box);
  listen(terminal, onInput, onLeave);

  return {
    reset() {
      terminal.reset();
      past = true;
    },
    // The first message of a connection is what was said before it.
    write: (bytes) => terminal.write(bytes, () => past = false),
    eof: () => terminal.write("\r\n\x1b[0;2m── the guest closed its console ──\x1b[0m\r\n"),
    close() {
      resize.disconnect();
      terminal.dispose();
    },
  };
}

function listen(
  terminal: Terminal,
  onInput: TerminalOptions["onInput"],
  onLeave: TerminalOptions["onLeave"],
): void {
  const encoder = new TextEncoder();
  terminal.onData((text) => onInput(encoder.encode(text)));
  terminal.onBinary((text) => onInput(Uint8Array.from(text, (byte) => byte.charCodeAt(0))));
  // The terminal takes every key, Tab too: without a way out the keyboard would be caught in it.
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.key !== "Escape" || !event.shiftKey) return true;
    if (event.type === "keydown") onLeave();
    return false;
  });
}
