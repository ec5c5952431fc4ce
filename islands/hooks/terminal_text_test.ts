import assert from "node:assert/strict";
import headless from "@xterm/headless";
import { terminalText } from "@/islands/hooks/terminal_text.ts";

Deno.test("terminalText has every line, also what was scrolled away and what was wrapped", async () => {
  const xterm = new headless.Terminal({ cols: 10, rows: 3, allowProposedApi: true });
  const long = "a line that is wider than the terminal";
  await new Promise<void>((resolve) =>
    xterm.write(`one  \r\n${long}\r\n\r\n\x1b[31mGrüße\x1b[0m\r\n你好\r\n`, resolve)
  );
  assert.equal(terminalText(xterm.buffer.normal), `one  \n${long}\n\nGrüße\n你好\n`);
  xterm.dispose();
});

Deno.test("terminalText of nothing is nothing", () => {
  const xterm = new headless.Terminal({ allowProposedApi: true });
  assert.equal(terminalText(xterm.buffer.normal), "");
  xterm.dispose();
});
