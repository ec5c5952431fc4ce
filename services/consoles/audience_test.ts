import assert from "node:assert/strict";
import { eventually } from "@/tests/harness/wait.ts";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { Audience } from "./audience.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Keeps what it is given, as it is given. */
class Keeper extends ViewerNotes {
  readonly chunks: object[] = [];
  override output(chunk: { bytes: Uint8Array }): void {
    super.output(chunk);
    this.chunks.push(chunk);
  }
}

Deno.test("Audience gives everyone who keeps up the same bytes, made once", async () => {
  using audience = new Audience(4096);
  const [alice, bob] = [new Keeper("alice"), new Keeper("bob")];
  audience.add(alice, null);
  audience.add(bob, null);
  await Promise.resolve();
  alice.news();
  bob.news();
  const { id } = audience.begin();
  audience.serve();
  audience.receive(bytes("login: "));
  audience.serve();
  assert.deepEqual(alice.news(), [`attached ${id} 0 0`, "login: "]);
  assert.deepEqual(bob.news(), [`attached ${id} 0 0`, "login: "]);
  assert.equal(alice.chunks[0], bob.chunks[0]);
});

Deno.test("Audience shows as live what comes before the stream that it belongs to is told of", async () => {
  using audience = new Audience(4096);
  const alice = new ViewerNotes("alice");
  audience.add(alice, null);
  await Promise.resolve();
  alice.news();
  const { id } = audience.begin();
  audience.receive(bytes("where is the cursor?"));
  audience.serve();
  const late = new ViewerNotes("bob");
  audience.add(late, null);
  assert.deepEqual(alice.news(), [`attached ${id} 0 0`, "where is the cursor?"]);
  assert.deepEqual(late.news(), [`attached ${id} 0 20`, "where is the cursor?"]);
});

Deno.test("Audience keeps nobody waiting for a viewer that is not ready, and has it catch up by itself", async () => {
  using audience = new Audience(4096);
  const [alice, slow] = [new ViewerNotes("alice"), new ViewerNotes("slow")];
  audience.begin();
  audience.add(alice, null);
  audience.add(slow, null);
  await Promise.resolve();
  slow.room = 0;
  alice.news();
  slow.news();
  for (let line = 0; line < 1000; line++) {
    audience.receive(bytes(`line ${line}\n`));
    audience.serve();
  }
  assert.equal(alice.news().length, 1000);
  assert.deepEqual(slow.news(), []);
  slow.room = Infinity;
  await eventually(() => slow.told.length > 1, { for: "the slow viewer to catch up" });
  const [gap, rest] = slow.news();
  assert.match(gap!, /^gap 0 \d+$/);
  assert.equal(rest!.length, 4096);
  assert.match(rest!, /line 999\n$/);
});

Deno.test("Audience gives a viewer that keeps up more than it remembers without a gap", () => {
  using audience = new Audience(4096);
  const alice = new ViewerNotes("alice");
  audience.begin();
  audience.add(alice, null);
  alice.news();
  const flood = "0123456789".repeat(2000);
  audience.receive(bytes(flood));
  audience.serve();
  assert.equal(alice.news().join(""), flood);
});

Deno.test("Audience tells its viewers once of much that changes, however fast it does", async () => {
  using audience = new Audience(4096);
  const viewers = Array.from({ length: 100 }, () => new ViewerNotes("alice"));
  for (const viewer of viewers) audience.add(viewer, null);
  await Promise.resolve();
  for (const viewer of viewers) {
    assert.equal(viewer.news().length, 1);
    viewer.readOnly = true;
    audience.announce();
    await Promise.resolve();
  }
  // Each telling is a hundred messages of a hundred names: it has to wait.
  assert.ok(viewers.every(({ told }) => told.length === 0));
  await eventually(() => viewers[99]!.told.length > 0, { for: "the viewers to be told" });
  for (const viewer of viewers) {
    const [news, ...more] = viewer.news();
    assert.match(news!, /1 alice reads, .*100 alice reads; null answers$/);
    assert.deepEqual(more, []);
  }
});

Deno.test("Audience tells a viewer that was not ready of the others by itself, once it is", async () => {
  using audience = new Audience(4096);
  const [alice, slow] = [new ViewerNotes("alice"), new ViewerNotes("slow")];
  audience.add(alice, null);
  audience.add(slow, null);
  await Promise.resolve();
  slow.news();
  slow.room = 0;
  audience.resized(alice, { columns: 100, rows: 30 });
  for (let n = 0; n < 100; n++) audience.setRecording(n % 2 === 0);
  await Promise.resolve();
  assert.deepEqual(slow.news(), []);
  slow.room = 1;
  await eventually(() => slow.told.length > 0, { for: "the slow viewer to hear" });
  assert.deepEqual(slow.news(), ["there 1 alice, 2 slow; 1 answers", "size 100x30"]);
});
