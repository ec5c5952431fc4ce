import assert from "node:assert/strict";
import type { Command, Event } from "@/protocol/mod.ts";
import { commandLine, ofCommand, ofEvent, timelineOf, withNewer } from "@/components/happened.ts";

const command = (more: Partial<Command> = {}): Command => ({
  requestId: "r1",
  user: "mara",
  vm: "web1",
  uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f",
  action: "stop",
  force: false,
  createdAt: "2026-05-06T17:13:42.000Z",
  endedAt: "2026-05-06T17:13:45.000Z",
  success: true,
  message: 'VM "web1" shut down',
  ...more,
});
const event = (kind: string, detail: Event["detail"], seq = 1): Event => ({
  seq,
  kind,
  vm: "web1",
  detail,
  time: "2026-05-06T17:13:44.000Z",
});

Deno.test("ofCommand says what was done in the buttons' words, and how long it took", () => {
  const { what, who, tone, took, retry } = ofCommand(command());
  assert.deepEqual([what, who, tone, took, retry], ["Shut down", "mara", "good", 3, null]);
  assert.equal(ofCommand(command({ force: true })).what, "Power off");
  assert.equal(ofCommand(command({ endedAt: null, success: null })).tone, "pending");
});

Deno.test("only a command that failed and asked the guest can be tried again", () => {
  assert.equal(ofCommand(command({ success: false })).retry, "shut-down");
  assert.equal(ofCommand(command({ success: false, force: true })).retry, null);
});

Deno.test("ofEvent marks what nobody wants, and leaves commands to their own lines", () => {
  const bad = (detail: Event["detail"]) => ofEvent(event("lifecycle", detail))?.tone;
  assert.equal(bad({ event: "suspended", detail: "I/O error" }), "bad");
  assert.equal(bad({ event: "stopped", detail: "crashed" }), "bad");
  assert.equal(bad({ event: "stopped", detail: "shutdown" }), "plain");
  assert.equal(ofEvent(event("io_error", { device: "vda" }))?.tone, "bad");
  assert.equal(ofEvent(event("command", { state: "running" })), null);
  assert.deepEqual(
    [ofEvent(event("console", { action: "attach", user: "mara" }))].map((line) => [
      line?.kind,
      line?.who,
    ]),
    [["console", "mara"]],
  );
});

Deno.test("timeline puts commands and events on one line of time, the newest first", () => {
  const { lines, more } = timelineOf({
    commands: [command()],
    events: [event("reboot", {}), event("command", {}, 2)],
    most: 10,
  });
  assert.deepEqual([lines.map(({ kind }) => kind), more], [["event", "command"], false]);
  const newest = timelineOf({ commands: [command()], events: [event("reboot", {})], most: 1 });
  assert.deepEqual([newest.lines.map(({ kind }) => kind), newest.more], [["event"], true]);
});

Deno.test("a timeline is not cut within a millisecond, unless all of it is one", () => {
  const at = (second: number, seq: number) => ({
    ...event("reboot", {}, seq),
    time: `2026-05-06T17:13:0${second}.000Z`,
  });
  const [one, two, three, four] = [at(1, 1), at(2, 2), at(2, 3), at(3, 4)];
  const cut = (events: Event[], most: number) =>
    timelineOf({ commands: [], events, most }).lines.map(({ id }) => id);
  assert.deepEqual(cut([one, two, three, four], 2), ["event 4"]);
  assert.deepEqual(cut([one, two, three, four], 3), ["event 4", "event 3", "event 2"]);
  assert.deepEqual(cut([two, three], 1), ["event 3"]);
});

Deno.test("commandLine goes on with the line that a command has", () => {
  const lines = [ofCommand(command({ endedAt: null, success: null, message: null }))];
  const detail = { action: "stop", force: false, user: "mara", requestId: "r1" };
  const done = commandLine(lines, event("command", { ...detail, state: "failed", message: "No." }));
  const { lines: next } = withNewer({ lines, more: false }, done, 10);
  assert.equal(next.length, 1);
  assert.deepEqual(
    [next[0]?.tone, next[0]?.note, next[0]?.took, next[0]?.retry, next[0]?.time],
    ["bad", "No.", 2, "shut-down", "2026-05-06T17:13:42.000Z"],
  );
});
