import type { Cast } from "@/islands/hooks/cast.ts";
import type { Screen } from "@/islands/hooks/cast_player.ts";
import { DEFAULTS } from "@/components/terminal/options.ts";
import { guard } from "@/islands/hooks/terminal_guard.ts";
import { MINIMUM_CONTRAST, XTERM_THEMES } from "@/islands/hooks/terminal_themes.ts";

/** Characters that may wait for the terminal. */
const MAX_WAITING = 512 * 1024;
/** CSS pixels; the smaller one on a phone, where 80 columns still have to fit. */
const [SMALLEST, LARGEST] = [6, 16];

/** A terminal of the recording's size in `box`, which takes nothing and answers nothing. */
export async function openReplay(
  box: HTMLElement,
  { width, height }: Cast,
): Promise<Screen & { close(): void }> {
  const [{ Terminal }] = await Promise.all([
    import("@xterm/xterm"),
    import("@xterm/xterm/css/xterm.css"),
  ]);
  const { fontFamily } = getComputedStyle(box);
  const fitting = () => fontSize(box, fontFamily, width);
  const terminal = new Terminal({
    theme: XTERM_THEMES[DEFAULTS.theme],
    minimumContrastRatio: MINIMUM_CONTRAST[DEFAULTS.theme],
    cols: width,
    rows: height,
    fontFamily,
    fontSize: fitting(),
    lineHeight: 1.2,
    scrollback: 5000,
    disableStdin: true,
    cursorInactiveStyle: "none",
  });
  guard(terminal, { past: () => true, responder: () => false });
  terminal.open(box);
  // Keys are the player's; Tab has to lead on.
  terminal.attachCustomKeyEventHandler(() => false);
  if (terminal.textarea) terminal.textarea.tabIndex = -1;
  const resize = new ResizeObserver(() => terminal.options.fontSize = fitting());
  resize.observe(box);
  let waiting = 0;
  const write = (text: string) => {
    waiting += text.length;
    terminal.write(text, () => waiting -= text.length);
  };
  return {
    get busy() {
      return waiting > MAX_WAITING;
    },
    write,
    // In its turn, after what was written before; CAN ends whatever sequence stands open.
    clear: () => write("\x18\x1bc"),
    close() {
      resize.disconnect();
      terminal.dispose();
    },
  };
}

/** The largest that shows all columns in the box. */
function fontSize(box: HTMLElement, family: string, columns: number): number {
  const canvas = document.createElement("canvas").getContext("2d");
  if (canvas === null) return 12;
  canvas.font = `100px ${family}`;
  const column = canvas.measureText("W").width / 100;
  // The terminal's own scroll bar takes some of it.
  const fitting = (box.clientWidth - 16) / columns / column;
  return Math.min(LARGEST, Math.max(SMALLEST, Math.floor(fitting * 4) / 4));
}
