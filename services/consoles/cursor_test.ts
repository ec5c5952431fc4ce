import assert from "node:assert/strict";
import fc from "fast-check";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { Cursor, type Position } from "./cursor.ts";
import { StreamLog } from "./stream_log.ts";
import type { Attachment } from "./viewer.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function look(log: StreamLog, from: Position | null = null, room = Infinity) {
  const notes = new ViewerNotes();
  notes.room = room;
  const cursor = new Cursor(log, notes, (attachment) => notes.attached(attachment), from);
  return { notes, cursor, told: notes.told };
}

Deno.test("Cursor shows a new viewer all that is remembered, over every stream", () => {
  const log = new StreamLog(1024);
  const one = log.begin();
  log.append(bytes("booting"));
  log.finish(one, "stopped");
  const two = log.begin();
  log.append(bytes("again"));
  const { cursor, told } = look(log);
  assert.equal(cursor.pump(), true);
  assert.deepEqual(told, [
    `attached ${one.id} 0 7`,
    "booting",
    "ended stopped",
    `attached ${two.id} 0 5`,
    "again",
  ]);
});

Deno.test("Cursor goes on exactly after the byte that a client names", () => {
  const log = new StreamLog(1024);
  const stream = log.begin();
  log.append(bytes("0123456789"));
  const { cursor, told } = look(log, { streamId: stream.id, offset: 4 });
  cursor.pump();
  assert.deepEqual(told, [`attached ${stream.id} 4 6`, "456789"]);
});

Deno.test("Cursor tells one exact gap when the bytes after the client's are forgotten", () => {
  const log = new StreamLog(4096);
  const stream = log.begin();
  log.append(new Uint8Array(5000).fill(97));
  const { cursor, told } = look(log, { streamId: stream.id, offset: 100 });
  cursor.pump();
  assert.deepEqual(told, [`attached ${stream.id} 100 4096`, "gap 100 904", "a".repeat(4096)]);
});

Deno.test("Cursor resumes in a stream that has ended, to its end, and then in the next", () => {
  const log = new StreamLog(1024);
  const one = log.begin();
  log.append(bytes("panic"));
  log.finish(one, "lost");
  const two = log.begin();
  const { cursor, told } = look(log, { streamId: one.id, offset: 2 });
  cursor.pump();
  assert.deepEqual(told, [
    `attached ${one.id} 2 3`,
    "nic",
    "ended lost",
    `attached ${two.id} 0 0`,
  ]);
});

for (
  const [what, streamId, offset] of [
    ["a stream that nobody knows", "elsewhere", 3],
    ["an offset that never was", null, 99],
  ] as const
) {
  Deno.test(`Cursor begins with the oldest byte for ${what}`, () => {
    const log = new StreamLog(1024);
    const stream = log.begin();
    log.append(bytes("hello"));
    const { cursor, told } = look(log, { streamId: streamId ?? stream.id, offset });
    cursor.pump();
    assert.deepEqual(told, [`attached ${stream.id} 0 5`, "hello"]);
  });
}

Deno.test("Cursor hands a viewer that is not ready nothing, and skips it ahead later", () => {
  const log = new StreamLog(4096);
  const stream = log.begin();
  const { cursor, told, notes } = look(log, null, 1);
  log.append(bytes("first"));
  assert.equal(cursor.pump(), true);
  log.append(new Uint8Array(5000).fill(98));
  assert.equal(cursor.pump(), false);
  assert.equal(told.length, 2);
  notes.room = Infinity;
  assert.equal(cursor.pump(), true);
  assert.deepEqual(told, [
    `attached ${stream.id} 0 0`,
    "first",
    "gap 5 909",
    "b".repeat(4096),
  ]);
});

Deno.test("Cursor tells a slow viewer of the end of a stream that was forgotten meanwhile", () => {
  const log = new StreamLog(4096);
  const one = log.begin();
  const { cursor, told, notes } = look(log, null, 0);
  log.append(bytes("lost words"));
  cursor.pump();
  log.finish(one, "stopped");
  const two = log.begin();
  log.append(new Uint8Array(5000).fill(99));
  notes.room = Infinity;
  assert.equal(cursor.pump(), true);
  assert.deepEqual(told, [
    `attached ${one.id} 0 0`,
    "gap 0 10",
    "ended stopped",
    `attached ${two.id} 0 0`,
    "gap 0 904",
    "c".repeat(4096),
  ]);
});

Deno.test("Cursor calls old only what was said before its viewer came", () => {
  const log = new StreamLog(1024);
  const one = log.begin();
  log.append(bytes("long ago"));
  const { cursor, told } = look(log);
  log.append(bytes(", now"));
  log.finish(one, "taken");
  const two = log.begin();
  log.append(bytes("where is the cursor?"));
  cursor.pump();
  assert.deepEqual(told, [
    `attached ${one.id} 0 8`,
    "long ago, now",
    "ended taken",
    `attached ${two.id} 0 0`,
    "where is the cursor?",
  ]);
});

Deno.test("Cursor tells a viewer that is not ready of no further streams", () => {
  const log = new StreamLog(1024);
  const { cursor, told, notes } = look(log, null, 0);
  for (let n = 0; n < 50; n++) {
    log.finish(log.begin(), "lost");
    assert.equal(cursor.pump(), false);
  }
  assert.deepEqual(told, []);
  notes.room = Infinity;
  assert.equal(cursor.pump(), true);
  // Of those that said nothing only the last is remembered.
  assert.equal(told.length, 2);
});

/** A client that counts as the protocol tells it to, and knows every byte by its place. */
class Client extends ViewerNotes {
  streamId = "";
  offset = 0;
  /** Bytes by place, of the streams by id. */
  readonly seen = new Map<string, Map<number, number>>();
  readonly gaps: [string, number, number][] = [];
  readonly streams = new Set<string>();
  override attached({ streamId, offset }: Attachment) {
    // A stream that is new to the client begins with its first byte, or what came before is a gap.
    if (!this.streams.has(streamId) && offset > 0) this.gaps.push([streamId, 0, offset]);
    this.streams.add(streamId);
    this.streamId = streamId;
    this.offset = offset;
  }
  override output(chunk: { bytes: Uint8Array }) {
    this.room--;
    const seen = this.seen.get(this.streamId) ?? new Map<number, number>();
    this.seen.set(this.streamId, seen);
    for (const byte of chunk.bytes) {
      assert.equal(seen.has(this.offset), false, `byte ${this.offset} came twice`);
      seen.set(this.offset++, byte);
    }
  }
  override gap(from: number, to: number) {
    assert.equal(from, this.offset);
    this.gaps.push([this.streamId, from, to]);
    this.offset = to;
  }
}

Deno.test("Cursor loses and doubles no byte over disconnects, slowness and guest restarts", () => {
  const step = fc.oneof(
    fc.record({ say: fc.integer({ min: 1, max: 3000 }) }),
    fc.record({ room: fc.integer({ min: 0, max: 3 }) }),
    fc.constant({ drop: true }),
    fc.constant({ restart: true }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const log = new StreamLog(4096);
    const said = new Map<string, number[]>();
    let value = 0;
    let stream = log.begin();
    said.set(stream.id, []);
    const client = new Client();
    const attached = (attachment: Attachment) => client.attached(attachment);
    let cursor = new Cursor(log, client, attached, null);
    for (const each of steps) {
      if ("say" in each) {
        const some = Uint8Array.from({ length: each.say }, () => value++ % 251);
        said.get(stream.id)!.push(...some);
        log.append(some);
      } else if ("room" in each) client.room = each.room;
      else if ("restart" in each) {
        log.finish(stream, "stopped");
        stream = log.begin();
        said.set(stream.id, []);
      } else {
        const { streamId, offset } = client;
        cursor = new Cursor(log, client, attached, { streamId, offset });
      }
      cursor.pump();
    }
    client.room = Infinity;
    cursor.pump();
    assert.equal(client.streamId, stream.id);
    assert.equal(client.offset, said.get(stream.id)!.length);
    for (const [id, seen] of client.seen) {
      for (const [place, byte] of seen) assert.equal(byte, said.get(id)![place]);
    }
    const skipped = client.gaps.reduce((sum, [, from, to]) => sum + to - from, 0);
    const got = [...client.seen.values()].reduce((sum, seen) => sum + seen.size, 0);
    // Streams that the client was told of are whole, but for what their gaps say.
    const expected = [...client.streams].reduce((sum, id) => sum + said.get(id)!.length, 0);
    assert.equal(got + skipped, expected);
  }));
});
