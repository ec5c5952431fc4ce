import assert from "node:assert/strict";
import headless from "@xterm/headless";
import { HOSTILE, RIGHTLY_ASKED } from "@/tests/terminal/hostile_sequences.ts";
import { guard, isForGuest, type Moment } from "@/islands/hooks/terminal_guard.ts";

/** A real xterm without a screen, and what it would type into the guest. */
function terminal(moment: Moment | null) {
  const xterm = new headless.Terminal({
    allowProposedApi: true,
    // As careless as it can be made, so that the guard alone stands between.
    windowOptions: {
      getCellSizePixels: true,
      getIconTitle: true,
      getScreenSizeChars: true,
      getScreenSizePixels: true,
      getWinPosition: true,
      getWinSizeChars: true,
      getWinSizePixels: true,
      getWinState: true,
      getWinTitle: true,
      popTitle: true,
      pushTitle: true,
      refreshWin: true,
      setWinSizeChars: true,
    },
  });
  if (moment) guard(xterm as unknown as Parameters<typeof guard>[0], moment);
  let typed = "";
  xterm.onData((data) => {
    if (moment === null || isForGuest(data, moment)) typed += data;
  });
  xterm.onBinary((data) => typed += data);
  return {
    /** What is typed in answer to this output. */
    async answer(output: string | Uint8Array): Promise<string> {
      typed = "";
      await new Promise<void>((resolve) => xterm.write(output, resolve));
      return typed;
    },
    [Symbol.dispose]: () => xterm.dispose(),
  };
}

const now: Moment = { past: () => false, responder: () => true };

Deno.test("xterm alone does answer the guest: the corpus is worth guarding against", async () => {
  using bare = terminal(null);
  const answered = [];
  for (const [name, output] of Object.entries(HOSTILE)) {
    if (await bare.answer(output) !== "") answered.push(name);
  }
  assert.deepEqual(answered, ["size in characters (XTWINOPS 18)", "DECRQSS", "DECRQM", "DECRQM ?"]);
  for (const [name, output] of Object.entries(RIGHTLY_ASKED)) {
    assert.notEqual(await bare.answer(output), "", name);
  }
});

Deno.test("guard answers nothing that a guest could abuse, not even as the responder", async () => {
  using guarded = terminal(now);
  for (const [name, output] of Object.entries(HOSTILE)) {
    assert.equal(await guarded.answer(output), "", name);
    // Cut at every byte, as a stream may be.
    const bytes = new TextEncoder().encode(output);
    for (const byte of bytes) assert.equal(await guarded.answer(Uint8Array.of(byte)), "", name);
  }
});

Deno.test("guard lets the responder tell where its cursor is and what it is", async () => {
  using guarded = terminal(now);
  assert.equal(await guarded.answer("\x1b[5;7H\x1b[6n"), "\x1b[5;7R");
  assert.equal(await guarded.answer("\x1b[c"), "\x1b[?1;2c");
});

Deno.test("guard answers nothing on a terminal that is not the responder's", async () => {
  using guarded = terminal({ past: () => false, responder: () => false });
  for (const [name, output] of Object.entries({ ...HOSTILE, ...RIGHTLY_ASKED })) {
    assert.equal(await guarded.answer(output), "", name);
  }
});

Deno.test("guard answers nothing while old output is shown again, and then answers again", async () => {
  let past = true;
  using guarded = terminal({ past: () => past, responder: () => true });
  for (const [name, output] of Object.entries({ ...HOSTILE, ...RIGHTLY_ASKED })) {
    assert.equal(await guarded.answer(output), "", name);
  }
  past = false;
  assert.match(await guarded.answer("\x1b[6n"), /R$/);
});

Deno.test("isForGuest tells the focus of one window only, and every key", () => {
  const other: Moment = { past: () => false, responder: () => false };
  assert.equal(isForGuest("\x1b[I", now), true);
  assert.equal(isForGuest("\x1b[O", other), false);
  assert.equal(isForGuest("\x1b[I", { ...now, past: () => true }), false);
  for (const key of ["a", "\x1b", "\x1b[A", "\x1bOP", "\r"]) {
    assert.equal(isForGuest(key, other), true);
  }
});
