import assert from "node:assert/strict";
import { shortened } from "@/islands/hooks/cast.ts";
import { CastPlayer, type Screen } from "@/islands/hooks/cast_player.ts";

class Paper implements Screen {
  text = "";
  busy = false;
  clear(): void {
    this.text = "";
  }
  write(text: string): void {
    this.text += text;
  }
}

const EVENTS = [[1, "a"], [2, "b"], [10, "c"]].map(([time, text]) => ({
  time: Number(time),
  code: "o",
  text: String(text),
}));

Deno.test("CastPlayer shows each event at its time, as fast as it is told", () => {
  const paper = new Paper();
  const player = new CastPlayer(paper, EVENTS);
  player.advance(5);
  assert.equal(paper.text, "");
  player.play();
  player.advance(1);
  assert.equal(paper.text, "a");
  player.speed = 8;
  player.advance(1);
  assert.deepEqual([paper.text, player.position, player.playing], ["ab", 9, true]);
  player.advance(1);
  assert.deepEqual([paper.text, player.position, player.playing], ["abc", 10, false]);
  player.play();
  assert.deepEqual([paper.text, player.position], ["", 0]);
});

Deno.test("CastPlayer seeks forward and back to exactly what was there", () => {
  const paper = new Paper();
  const player = new CastPlayer(paper, EVENTS);
  for (const [to, text] of [[2, "ab"], [99, "abc"], [1.5, "a"], [-1, ""], [10, "abc"]] as const) {
    player.seek(to);
    assert.equal(paper.text, text, String(to));
  }
});

Deno.test("CastPlayer waits for a screen that is behind, and loses nothing", () => {
  const paper = new Paper();
  const player = new CastPlayer(paper, EVENTS);
  player.play();
  player.advance(1);
  paper.busy = true;
  player.advance(1);
  for (let count = 0; count < 5; count++) player.advance(1);
  assert.deepEqual([paper.text, player.position], ["a", 2]);
  paper.busy = false;
  player.advance(0);
  assert.equal(paper.text, "ab");
});

Deno.test("CastPlayer catches up in steps, so that a page stays alive", () => {
  const paper = new Paper();
  const events = Array.from(
    { length: 40 },
    () => ({ time: 1, code: "o", text: "x".repeat(65_536) }),
  );
  const player = new CastPlayer(paper, events);
  player.seek(1);
  assert.ok(paper.text.length < 400_000);
  for (let count = 0; count < 40; count++) player.advance(0);
  assert.equal(paper.text.length, 40 * 65_536);
});

Deno.test("CastPlayer keeps what is shown when pauses are shortened", () => {
  const paper = new Paper();
  const player = new CastPlayer(paper, EVENTS);
  player.seek(5);
  player.retime(shortened(EVENTS, 1));
  assert.deepEqual([paper.text, player.position, player.duration], ["ab", 2, 3]);
  player.retime(EVENTS);
  assert.deepEqual([paper.text, player.position, player.duration], ["ab", 2, 10]);
});

Deno.test("CastPlayer shows marks as lines that cannot steer the terminal", () => {
  const paper = new Paper();
  const events = [
    { time: 1, code: "m", text: "The guest\x1b[2J stopped." },
    { time: 2, code: "i", text: "typed" },
  ];
  new CastPlayer(paper, events).seek(2);
  assert.equal(paper.text, "\r\n\x1b[0;3m── The guest[2J stopped. ──\x1b[0m\r\n");
});
