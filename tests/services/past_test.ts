/** What happened days ago is asked for, too: more than memory has, and over a restart. */
import assert from "node:assert/strict";
import { EVENT_KINDS } from "@/services/events.ts";
import type { Session } from "@/services/mod.ts";
import { session, TestHost } from "@/tests/services/test_host.ts";

const [WEB, DB] = [
  { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" },
  { uuid: "0c2a8ff3-2b2f-4f8e-9a1e-4a4f6f7f8a91", name: "db" },
];
const ADMIN = session("admin");

const granted = ({ uuid }: typeof WEB): Session => ({
  ...ADMIN,
  user: { name: "jo", role: null, grants: [{ uuid, role: "viewer" }] },
});

/** The consoles that the session sees somebody come to, the newest first. */
const visits = ({ services }: TestHost, session: Session, limit = 100) =>
  services.events.past(session, { kinds: ["console"], limit })
    .map(({ vm, detail }) => `${detail.user} at ${vm}`);

Deno.test("a visit to a console is found behind more events than are listed or remembered", async () => {
  await using host = await TestHost.start();
  const { events } = host.services;
  events.noteConsole("attach", "mara", WEB);
  for (let n = 0; n < 400; n++) events.note("rtc", DB, { offset: n });
  assert.deepEqual(visits(host, ADMIN), ["mara at web1"]);
  for (let n = 0; n < 5000; n++) events.note("rtc", DB, { offset: n });
  events.noteConsole("attach", "sam", DB);
  assert.deepEqual(visits(host, ADMIN), ["sam at db", "mara at web1"]);
});

Deno.test("crashes and visits outlive a restart, and stay hidden from whom they are hidden", async () => {
  await using host = await TestHost.start();
  const { events } = host.services;
  events.note("lifecycle", WEB, { event: "stopped", detail: "crashed", detailCode: 5 });
  events.noteConsole("attach", "mara", WEB);
  events.noteConsole("attach", "sam", DB);
  events.note("rtc", WEB, { offset: 1 });
  await host.restart();
  host.services.events.noteConsole("attach", "jo", WEB);
  assert.deepEqual(visits(host, ADMIN), ["jo at web1", "sam at db", "mara at web1"]);
  assert.deepEqual(visits(host, ADMIN, 2), ["jo at web1", "sam at db"]);
  assert.deepEqual(visits(host, granted(DB)), ["sam at db"]);
  const kinds = host.services.events.past(granted(WEB), { kinds: EVENT_KINDS, limit: 100 })
    .filter(({ vm }) => vm === "web1")
    .map(({ kind, detail }) => `${kind} ${detail.detail ?? detail.user}`);
  assert.deepEqual(kinds, ["console jo", "console mara", "lifecycle crashed"]);
});

Deno.test("the last line says who is at a console, however often they came and left", async () => {
  await using host = await TestHost.start();
  const { events } = host.services;
  const last = () =>
    host.services.events.past(ADMIN, { kinds: ["console"], limit: 1 }).map(({ detail }) =>
      `${detail.user} ${detail.action}`
    );
  events.noteConsole("attach", "mara", WEB);
  events.noteConsole("attach", "mara", WEB);
  events.noteConsole("detach", "mara", WEB);
  assert.deepEqual(last(), ["mara attach"], "another terminal of theirs is still there");
  events.noteConsole("detach", "mara", WEB);
  assert.deepEqual(last(), ["mara detach"]);
  events.noteConsole("attach", "mara", WEB);
  // What was held back is told at the end at the latest.
  await host.restart();
  assert.deepEqual(last(), ["mara attach"]);
});

Deno.test("each event is listed once, whether it is remembered, kept or both", async () => {
  await using host = await TestHost.start();
  const numbers = () =>
    host.services.events.past(ADMIN, { kinds: ["reboot"], limit: 10_000 }).map(({ seq }) => seq);
  for (const count of [2100, 4200, 6300]) {
    for (let n = 0; n < 2100; n++) host.services.events.note("reboot", WEB, {});
    assert.equal(new Set(numbers()).size, count);
  }
  assert.deepEqual(numbers(), numbers().toSorted((a, b) => b - a));
  assert.equal(numbers().length, 6300);
});
