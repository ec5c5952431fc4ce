import assert from "node:assert/strict";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { Attendance } from "./presence.ts";

/** Who comes to a console one after the other, once all have been told of each other. */
function there(...viewers: ViewerNotes[]): Attendance {
  const attendance = new Attendance();
  for (const viewer of viewers) attendance.add(viewer);
  attendance.announce();
  attendance.tell();
  for (const viewer of viewers) viewer.news();
  return attendance;
}

const SIZE = { columns: 120, rows: 40 };

Deno.test("Attendance has whoever may type and came first answer, and the next one after it", () => {
  const reader = new ViewerNotes("reader", { readOnly: true });
  const [alice, bob] = [new ViewerNotes("alice"), new ViewerNotes("bob")];
  const attendance = there(reader, alice, bob);
  assert.equal(attendance.responder, alice);
  attendance.remove(alice);
  attendance.announce();
  assert.equal(attendance.tell(), true);
  assert.deepEqual(reader.news(), ["there 1 reader reads, 3 bob; 3 answers"]);
  assert.deepEqual(bob.news(), ["there 1 reader reads, 3 bob; 3 answers"]);
});

Deno.test("Attendance passes the answering on when who answers may not type any more", () => {
  const [alice, bob] = [new ViewerNotes("alice"), new ViewerNotes("bob")];
  const attendance = there(alice, bob);
  alice.readOnly = true;
  attendance.announce();
  attendance.tell();
  assert.deepEqual(bob.news(), ["there 1 alice reads, 2 bob; 2 answers"]);
  bob.readOnly = true;
  attendance.announce();
  attendance.tell();
  assert.deepEqual(alice.news().at(-1), "there 1 alice reads, 2 bob reads; null answers");
});

Deno.test("Attendance passes on the size of the responder's terminal, and nobody else's", () => {
  const [alice, bob] = [new ViewerNotes("alice"), new ViewerNotes("bob")];
  const attendance = there(alice, bob);
  attendance.resized(bob, { columns: 20, rows: 5 });
  attendance.tell();
  assert.equal(attendance.size, null);
  attendance.resized(alice, SIZE);
  attendance.tell();
  assert.deepEqual(attendance.size, SIZE);
  assert.deepEqual([alice.news(), bob.news()], [[], ["size 120x40"]]);
});

Deno.test("Attendance tells whoever comes later the size, until another one answers", () => {
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => new ViewerNotes(name));
  const attendance = there(alice!);
  attendance.resized(alice!, SIZE);
  attendance.add(bob!);
  attendance.announce();
  attendance.tell();
  assert.deepEqual(bob!.news(), ["there 1 alice, 2 bob; 1 answers", "size 120x40"]);
  attendance.remove(alice!);
  assert.equal(attendance.size, null);
  attendance.add(carol!);
  attendance.announce();
  attendance.tell();
  assert.deepEqual(carol!.news(), ["there 2 bob, 3 carol; 2 answers"]);
});

Deno.test("Attendance tells who was not ready only what is true by then, once", () => {
  const [alice, bob] = [new ViewerNotes("alice"), new ViewerNotes("bob")];
  const attendance = there(alice, bob);
  bob.room = 0;
  for (let columns = 1; columns <= 120; columns++) {
    attendance.resized(alice, { columns, rows: 40 });
    attendance.recording = columns % 2 === 0;
    attendance.announce();
    assert.equal(attendance.tell(), false);
  }
  assert.deepEqual(bob.news(), []);
  assert.equal(alice.news().length, 120);
  bob.room = 1;
  assert.equal(attendance.tell(), true);
  assert.deepEqual(bob.news(), ["there 1 alice, 2 bob; 1 answers; recorded", "size 120x40"]);
  assert.equal(attendance.tell(), true);
  assert.deepEqual([alice.news(), bob.news()], [[], []]);
});
