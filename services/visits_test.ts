import assert from "node:assert/strict";
import { eventually } from "@/tests/harness/wait.ts";
import { Visits } from "./visits.ts";

const VM = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" };
const WINDOW = 200;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function visits(window = WINDOW) {
  const told: string[] = [];
  return {
    told,
    visits: new Visits((action, user) => void told.push(`${user} ${action}`), window),
  };
}

Deno.test("Visits tells at once who comes and who leaves", () => {
  const { told, visits: all } = visits();
  using visit = all;
  visit.attach("mara", VM);
  visit.attach("sam", VM);
  visit.detach("mara", VM);
  assert.deepEqual(told, ["mara attach", "sam attach", "mara detach"]);
});

Deno.test("Visits tells of one who comes back too soon later, so that the last line is true", async () => {
  const { told, visits: all } = visits();
  using visit = all;
  for (let n = 0; n < 3; n++) {
    visit.attach("mara", VM);
    visit.detach("mara", VM);
  }
  visit.attach("mara", VM);
  assert.deepEqual(told, ["mara attach", "mara detach"]);
  await eventually(() => told.length > 2, { for: "what was held back" });
  visit.detach("mara", VM);
  await pause(WINDOW * 1.5);
  assert.deepEqual(told, ["mara attach", "mara detach", "mara attach", "mara detach"]);
});

Deno.test("Visits never tells what was undone before it could be told", async () => {
  const { told, visits: all } = visits();
  using visit = all;
  visit.attach("mara", VM);
  visit.detach("mara", VM);
  visit.attach("mara", VM);
  visit.detach("mara", VM);
  await pause(WINDOW * 1.5);
  assert.deepEqual(told, ["mara attach", "mara detach"]);
  // Nobody is remembered who is not there: it is all as new.
  visit.attach("mara", VM);
  assert.equal(told.length, 3);
});

Deno.test("Visits says that somebody left with their last terminal there", () => {
  const { told, visits: all } = visits();
  using visit = all;
  visit.attach("mara", VM);
  visit.attach("mara", VM);
  visit.detach("mara", VM);
  assert.deepEqual(told, ["mara attach"]);
  visit.detach("mara", VM);
  assert.deepEqual(told, ["mara attach", "mara detach"]);
});

Deno.test("Visits tells what it holds back when it ends", () => {
  const { told, visits: all } = visits(60_000);
  {
    using visit = all;
    visit.attach("mara", VM);
    visit.detach("mara", VM);
    visit.attach("mara", VM);
  }
  assert.deepEqual(told, ["mara attach", "mara detach", "mara attach"]);
});
