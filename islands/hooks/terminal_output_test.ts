import assert from "node:assert/strict";
import headless from "@xterm/headless";
import { guard } from "@/islands/hooks/terminal_guard.ts";
import { TerminalOutput } from "@/islands/hooks/terminal_output.ts";

function terminal() {
  const xterm = new headless.Terminal({ cols: 60, rows: 20, allowProposedApi: true });
  const output = new TerminalOutput(xterm);
  const drawn = () => new Promise<void>((resolve) => xterm.write("", resolve));
  const lines = async () => {
    await drawn();
    const { active } = xterm.buffer;
    return Array.from(
      { length: active.length },
      (_, y) => active.getLine(y)!.translateToString(true),
    )
      .filter((line) => line !== "");
  };
  return { xterm, output, drawn, lines, [Symbol.dispose]: () => xterm.dispose() };
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("TerminalOutput shows a character that is split over two messages", async () => {
  using screen = terminal();
  const [first, ...rest] = bytes("ü");
  screen.output.write(Uint8Array.of(first!), false);
  screen.output.write(Uint8Array.from(rest), false);
  assert.deepEqual(await screen.lines(), ["ü"]);
});

Deno.test("TerminalOutput knows which bytes are old at the moment when they are read", async () => {
  using screen = terminal();
  const { xterm, output } = screen;
  guard(xterm as unknown as Parameters<typeof guard>[0], {
    past: () => output.past,
    responder: () => true,
  });
  let typed = "";
  xterm.onData((data) => typed += data);
  // All of it before xterm reads any of it.
  output.write(bytes("\x1b[6n"), true);
  output.write(bytes("a\x1b[6n"), false);
  output.write(bytes("b\x1b[6n"), true);
  output.write(bytes("c\x1b[6n"), false);
  await screen.drawn();
  assert.equal(typed, "\x1b[1;2R\x1b[1;4R");
});

Deno.test("TerminalOutput says where the output does not simply go on", async () => {
  using screen = terminal();
  const { output } = screen;
  output.attached("first");
  output.write(bytes("one"), true);
  output.attached("resumed");
  output.write(bytes("two"), false);
  output.gap(12_345);
  output.eof("stopped");
  output.attached("next");
  output.write(bytes("three"), false);
  output.attached("anew");
  assert.deepEqual(await screen.lines(), [
    "onetwo",
    "── 12,345 bytes skipped ──",
    "── the guest stopped ──",
    "── attached again ──",
    "three",
    "── attached anew; what was said meanwhile is not known ──",
  ]);
});

Deno.test("TerminalOutput leaves a sane terminal after a guest that died in an editor", async () => {
  using screen = terminal();
  const { xterm, output } = screen;
  output.write(bytes("shell\r\n"), false);
  output.write(bytes("\x1b[?1049h\x1b[?1h\x1b[?1003h\x1b[?2004hediting \x1b]0;a title"), false);
  output.eof("lost");
  assert.deepEqual(await screen.lines(), ["shell", "── libvirt was lost ──"]);
  assert.equal(xterm.buffer.active.type, "normal");
  const { applicationCursorKeysMode, bracketedPasteMode, mouseTrackingMode } = xterm.modes;
  assert.deepEqual([applicationCursorKeysMode, bracketedPasteMode, mouseTrackingMode], [
    false,
    false,
    "none",
  ]);
});

Deno.test("TerminalOutput skips on until it has told of what it skipped", () => {
  const written: string[] = [];
  const read: (() => void)[] = [];
  // Reads a piece when this test says so.
  const output = new TerminalOutput({
    write(data, done) {
      if (typeof data !== "string") read.push(done!);
      else if (data !== "") written.push(data.trim());
    },
  });
  for (let count = 0; count < 16; count++) output.write(new Uint8Array(1024 * 1024), false);
  output.write(new Uint8Array(4096), false);
  read.shift()!();
  // There is room for it, but nobody has told of the hole before it.
  output.write(bytes("behind"), false);
  assert.deepEqual([read.length, written], [15, []]);
  while (read.length > 0) read.shift()!();
  output.write(bytes("on"), false);
  assert.deepEqual([read.length, written.length], [1, 1]);
  assert.match(written[0]!, /4,102 bytes skipped/);
});

Deno.test("TerminalOutput tells of what it skipped before the guest's end, and frees the terminal", async () => {
  using screen = terminal();
  const { xterm, output } = screen;
  let title = "";
  xterm.onTitleChange((now) => title = now);
  const much = new Uint8Array(1024 * 1024);
  for (let count = 0; count < 15; count++) output.write(much, false);
  // The rest of the title is skipped: what follows is no part of it.
  const last = much.slice();
  last.set(bytes("\x1b]0;half a title"), last.length - 20);
  output.write(last, false);
  output.write(bytes("skipped"), false);
  output.eof("stopped");
  output.attached("next");
  output.write(bytes("skipped too"), false);
  await screen.drawn();
  output.write(bytes("on\x07"), false);
  assert.deepEqual(await screen.lines(), [
    "── 7 bytes skipped ──",
    "── the guest stopped ──",
    "── attached again ──",
    "── 11 bytes skipped ──",
    "on",
  ]);
  assert.equal(title, "");
});

Deno.test("TerminalOutput skips what a slow browser cannot draw, and says how much", async () => {
  using screen = terminal();
  const { output } = screen;
  const much = new Uint8Array(1024 * 1024);
  for (let count = 0; count < 20; count++) output.write(much, false);
  await screen.drawn();
  assert.deepEqual(await screen.lines(), ["── 4,194,304 bytes skipped ──"]);
  output.write(bytes("on"), false);
  assert.equal((await screen.lines()).at(-1), "on");
});
