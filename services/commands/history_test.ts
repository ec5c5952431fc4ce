import assert from "node:assert/strict";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { CommandHistory } from "./history.ts";

const begin = (history: CommandHistory, requestId: string) =>
  history.begin({
    requestId,
    user: "mara",
    uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f",
    vm: "web1",
    action: "start",
    force: false,
    createdAt: new Date().toISOString(),
  });

Deno.test("CommandHistory keeps the newest of so many", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const history = new CommandHistory(store, () => {}, 3);
  for (const id of ["a", "b", "c", "d", "e"]) begin(history, id);
  const kept = history.list({ limit: 10 }, null).map(({ requestId }) => requestId);
  assert.deepEqual(kept, ["e", "d", "c"]);
  assert.equal(history.find("mara", "a"), null);
  assert.equal(history.find("mara", "c")?.vm, "web1");
});
