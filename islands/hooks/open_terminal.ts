import type { Terminal } from "@xterm/xterm";
import { DEFAULTS, type TerminalOptions } from "@/components/terminal/options.ts";
import type { ConsoleSink } from "@/islands/hooks/console_client.ts";
import { drawOnGPU } from "@/islands/hooks/draw_on_gpu.ts";
import { guard, isForGuest, type Moment } from "@/islands/hooks/terminal_guard.ts";
import { type TerminalLink, terminalLink } from "@/islands/hooks/terminal_link.ts";
import { TerminalOutput } from "@/islands/hooks/terminal_output.ts";
import { type Paste, readPaste } from "@/islands/hooks/terminal_paste.ts";
import { terminalText } from "@/islands/hooks/terminal_text.ts";
import { MINIMUM_CONTRAST, XTERM_THEMES } from "@/islands/hooks/terminal_themes.ts";
import { shownTitle } from "@/islands/hooks/terminal_title.ts";

/** What happens in a terminal. */
export interface TerminalEvents {
  /** Something is typed, or the terminal answers the guest. */
  onInput(bytes: Uint8Array<ArrayBuffer>): void;
  /** Somebody pastes; nothing is typed yet. */
  onPaste(paste: Paste): void;
  /** Somebody follows a link; nothing is opened yet. */
  onLink(link: TerminalLink): void;
  /** The guest named its terminal. */
  onTitle(title: string): void;
  onBell(): void;
  onSelect(text: string): void;
  onResize(size: TerminalSize): void;
  onFound(found: Found): void;
  /** The keyboard wants to leave the terminal. */
  onLeave(): void;
  /** The keyboard wants to search. */
  onSearch(): void;
  /** Whether this terminal is the one that answers the guest. */
  isResponder(): boolean;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** Which of how many places is shown; `index` is -1 when there are too many to count through. */
export interface Found {
  index: number;
  count: number;
}

export interface OpenTerminal {
  sink: ConsoleSink;
  readonly size: TerminalSize;
  apply(options: TerminalOptions): void;
  setReadOnly(readOnly: boolean): void;
  /** Types what was pasted, marked as a paste where the guest asked for that. */
  paste(text: string): void;
  /** Goes to the next place with this text, or to the one before; an empty one ends the search. */
  find(text: string, way: "here" | "next" | "previous"): void;
  clear(): void;
  /** All lines that are remembered. */
  text(): string;
  focus(): void;
  close(): void;
}

const MARKED = {
  matchBackground: "#5a4a00",
  matchOverviewRuler: "#e3c073",
  activeMatchBackground: "#b36b00",
  activeMatchColorOverviewRuler: "#ffb300",
};

/** Opens a terminal in `box`, fitted to it. Loads xterm, its addons and its styles at first use. */
export async function openTerminal(
  box: HTMLElement,
  first: TerminalOptions,
  events: TerminalEvents,
): Promise<OpenTerminal> {
  const [{ Terminal }, { FitAddon }, { SearchAddon }, { WebLinksAddon }, { Unicode11Addon }] =
    await Promise.all([
      import("@xterm/xterm"),
      import("@xterm/addon-fit"),
      import("@xterm/addon-search"),
      import("@xterm/addon-web-links"),
      import("@xterm/addon-unicode11"),
      import("@xterm/xterm/css/xterm.css"),
    ]);
  const follow = (_: MouseEvent, text: string) => {
    const link = terminalLink(text);
    if (link) events.onLink(link);
  };
  const terminal = new Terminal({
    // For the marks of the search, and for the widths of newer characters.
    allowProposedApi: true,
    lineHeight: 1.2,
    linkHandler: { activate: follow },
  });
  const [fit, search] = [new FitAddon(), new SearchAddon()];
  for (const addon of [fit, search, new WebLinksAddon(follow), new Unicode11Addon()]) {
    terminal.loadAddon(addon);
  }
  terminal.unicode.activeVersion = "11";
  const output = new TerminalOutput(terminal);
  const moment: Moment = { past: () => output.past, responder: () => events.isResponder() };
  guard(terminal, moment);

  const ownFont = getComputedStyle(box).fontFamily;
  let options = DEFAULTS;
  const apply = (next: TerminalOptions) => {
    options = next;
    const { theme, fontSize, fontFamily, cursorStyle, cursorBlink, scrollback } = next;
    const family = fontFamily === "" ? ownFont : `${fontFamily}, ${ownFont}`;
    Object.assign(terminal.options, { fontSize, cursorStyle, cursorBlink, scrollback });
    terminal.options.fontFamily = family;
    terminal.options.theme = XTERM_THEMES[theme];
    terminal.options.minimumContrastRatio = MINIMUM_CONTRAST[theme];
    terminal.options.screenReaderMode = next.screenReader;
    box.style.setProperty("--terminal", XTERM_THEMES[theme].background!);
    if (terminal.element) fit.fit();
  };
  apply(first);
  terminal.open(box);
  fit.fit();
  const resize = new ResizeObserver(() => fit.fit());
  resize.observe(box);
  void drawOnGPU(terminal, (renderer) => box.dataset.renderer = renderer);

  listen(terminal, moment, events);
  listenToPastes(box, events);
  terminal.onBell(() => !output.past && events.onBell());
  terminal.onSelectionChange(() => {
    if (options.copyOnSelect && terminal.hasSelection()) events.onSelect(terminal.getSelection());
  });
  search.onDidChangeResults(({ resultIndex: index, resultCount: count }) =>
    events.onFound({ index, count })
  );

  return {
    sink: output,
    get size() {
      return { columns: terminal.cols, rows: terminal.rows };
    },
    apply,
    setReadOnly(readOnly) {
      terminal.options.disableStdin = readOnly;
      terminal.options.cursorInactiveStyle = readOnly ? "none" : "outline";
    },
    paste: (text) => terminal.paste(text),
    find(text, way) {
      if (text === "") {
        search.clearDecorations();
        terminal.clearSelection();
        return events.onFound({ index: -1, count: 0 });
      }
      const how = { decorations: MARKED, incremental: way === "here" };
      if (way === "previous") search.findPrevious(text, how);
      else search.findNext(text, how);
    },
    clear: () => terminal.clear(),
    text: () => terminalText(terminal.buffer.normal),
    focus: () => terminal.focus(),
    close() {
      resize.disconnect();
      terminal.dispose();
    },
  };
}

function listen(terminal: Terminal, moment: Moment, events: TerminalEvents): void {
  const encoder = new TextEncoder();
  terminal.onData((text) => {
    if (isForGuest(text, moment)) events.onInput(encoder.encode(text));
  });
  terminal.onBinary((text) =>
    events.onInput(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  );
  terminal.onTitleChange((title) => events.onTitle(shownTitle(title)));
  terminal.onResize(({ cols, rows }) => events.onResize({ columns: cols, rows }));
  // The terminal takes every key, Tab too: without a way out the keyboard would be caught in it.
  terminal.attachCustomKeyEventHandler((event) => {
    const act = ownKey(event, terminal, events);
    if (act === null) return true;
    event.preventDefault();
    if (event.type === "keydown") act();
    return false;
  });
}

/** What a key does here; null when it is the guest's. */
function ownKey(
  { key, shiftKey, ctrlKey }: KeyboardEvent,
  terminal: Terminal,
  events: TerminalEvents,
): (() => void) | null {
  if (!shiftKey) return null;
  if (key === "Escape") return () => events.onLeave();
  if (!ctrlKey) return null;
  if (key === "F") return () => events.onSearch();
  if (key === "C" && terminal.hasSelection()) {
    return () => events.onSelect(terminal.getSelection());
  }
  return null;
}

/** Before xterm, which types what is pasted at once. */
function listenToPastes(box: HTMLElement, events: TerminalEvents): void {
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text !== "") events.onPaste(readPaste(text));
  }, { capture: true });
}
