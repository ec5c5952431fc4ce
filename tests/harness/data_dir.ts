import { commandLineAudit } from "@/cli/audit_log.ts";
import { lock } from "@/cli/lock.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { Users } from "@/services/identity/users.ts";
import { Store } from "@/services/store/mod.ts";
import { bundle } from "@/tasks/build/delivered.ts";
import { project } from "@/tasks/build/project.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";
import { timeOf } from "./time_of.ts";

/** A new data folder, empty. */
export const emptyDataDir = () => Deno.makeTempDir({ prefix: "virtglass-data-" });

/**
 * A new data folder with this admin in it: a copy of one that is made for each build. The password is
 * hashed in no time, where `virtglass user add` takes a fifth of a second, and so does each sign-in.
 */
export async function dataDirWithAdmin(name: string, password: string): Promise<string> {
  const model = `${project}/.cache/data-dir`;
  using _alone = await lock(`${model}.lock`);
  if (timeOf(model) < timeOf(bundle)) {
    if (timeOf(model) >= 0) await Deno.remove(model, { recursive: true });
    const made = await Deno.makeTempDir({ dir: `${project}/.cache` });
    await addAdmin(made, name, password);
    await Deno.rename(made, model);
  }
  const copy = await emptyDataDir();
  for await (const { name } of Deno.readDir(model)) {
    await Deno.copyFile(`${model}/${name}`, `${copy}/${name}`);
  }
  return copy;
}

async function addAdmin(dataDir: string, name: string, password: string): Promise<void> {
  using store = new Store(dataDir);
  using audit = await commandLineAudit(store, { dataDir, auditRetention: 365 });
  await new Users(store, audit, quickHashes()).add(name, "admin", password, COMMAND_LINE);
}
