import { dirname } from "pathe";
import { exists } from "@/cli/exists.ts";
import { GlassError } from "@/services/errors.ts";
import type { Config } from "@/services/config/mod.ts";
import { inspectStore } from "@/services/store/mod.ts";
import { failure, type Finding, ok, warning } from "./finding.ts";
import { findServer } from "./server.ts";

const MIB = 1024 * 1024;
/** Below it a command's record may not be written any more, and then commands are refused. */
const NO_SPACE = 16 * MIB;
const LITTLE_SPACE = 512 * MIB;
const FOLDER = "data folder";
const READ_ONLY = "the file system is read-only";

/** The folder, the disk that it is on, and the store in it. */
export async function lookAtDataFolder(config: Config): Promise<Finding[]> {
  const { dataDir } = config;
  const place = nearest(dataDir);
  const there = place === dataDir;
  if (!Deno.statSync(place).isDirectory) {
    const remedy = "move that file away, or choose another folder with --data-dir";
    return [failure(FOLDER, `"${place}" is a file`, remedy)];
  }
  const problem = writingProblem(place);
  if (problem !== null) {
    const says = there ? `"${dataDir}"` : `"${dataDir}" cannot be made in "${place}"`;
    return [failure(FOLDER, `${says}: ${problem}`, giveAccess(dataDir, place, problem))];
  }
  if (there) return [await folder(config), await disk(dataDir), ...store(dataDir)];
  return [ok(FOLDER, `"${dataDir}" will be made at the first start`), await disk(place), NOBODY];
}

async function folder(config: Config): Promise<Finding> {
  const { dataDir, listen } = config;
  const server = await findServer(config);
  if (server === "elsewhere") {
    return failure(
      FOLDER,
      `a server that runs uses "${dataDir}", and does not answer on ${listen.hostname} port ${listen.port}`,
      "systemctl status virtglass; give doctor that server's settings, or choose another folder with --data-dir",
    );
  }
  if (((Deno.statSync(dataDir).mode ?? 0) & 0o077) !== 0) {
    return warning(
      FOLDER,
      `others than its owner may enter "${dataDir}", which holds keys`,
      `chmod 700 '${dataDir}'`,
    );
  }
  return ok(FOLDER, `"${dataDir}"${server === "here" ? ", in use by a server that runs" : ""}`);
}

async function disk(path: string): Promise<Finding> {
  const { statfsSync } = await import("node:fs");
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const says = `${Math.floor(free / MIB)} MiB free`;
  const remedy = `du -xh --max-depth=2 '${path}' | sort -h; or keep less: --recordings-max-total`;
  if (free < NO_SPACE) return failure("disk space", says, remedy);
  return free < LITTLE_SPACE ? warning("disk space", says, remedy) : ok("disk space", says);
}

const NOBODY = warning(
  "users",
  "nobody may sign in yet",
  "virtglass user add NAME --role admin",
);

function store(dataDir: string): Finding[] {
  try {
    const found = inspectStore(dataDir);
    if (found === null) return [NOBODY];
    const { schema, damage, users, admins } = found;
    if (damage !== null) {
      return [
        failure(
          "store",
          `"${dataDir}/virtglass.db" is damaged: ${damage}`,
          "virtglass restore FILE",
        ),
      ];
    }
    return [ok("store", `whole, schema ${schema}`), people(users, admins)];
  } catch (error) {
    if (!(error instanceof GlassError)) throw error;
    const [says, ...remedy] = error.message.split(/(?<=[.)]) /);
    return [failure("store", says!, remedy.join(" "))];
  }
}

function people(users: number, admins: number): Finding {
  if (users === 0) return NOBODY;
  if (admins > 0) return ok("users", `${users}, of whom ${admins} admin`);
  return warning(
    "users",
    `${users}, but no admin: nobody can change users in the browser`,
    "virtglass user add NAME --role admin",
  );
}

/** The path itself, or the nearest one above it that is there for this process to see. */
function nearest(path: string): string {
  return exists(path) || path === dirname(path) ? path : nearest(dirname(path));
}

/** Why this process cannot write there, or null: a file is made and removed, which tells for sure. */
function writingProblem(path: string): string | null {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: path, prefix: ".virtglass-doctor-" }));
    return null;
  } catch (error) {
    const said = (error as Error).message;
    if (/read-only/i.test(said)) return READ_ONLY;
    // A full disk is told of below.
    return /no space/i.test(said) ? null : "no permission to write there";
  }
}

/** A folder above the data folder is the system's: it stays as it is. */
function giveAccess(dataDir: string, place: string, problem: string): string {
  if (problem === READ_ONLY) {
    return `mount -o remount,rw the file system of '${place}', or choose another folder with --data-dir`;
  }
  if (place === dataDir && !isForeign(dataDir)) {
    return `run virtglass as its owner, or: sudo chown -R "$(id -un)" '${dataDir}'; or --data-dir`;
  }
  // In a folder that this user may not enter, one of its own would be out of its reach.
  if (place === dataDir || !exists(`${place}/.`)) return "choose another folder with --data-dir";
  return `sudo install -d -m 700 -o "$(id -un)" '${dataDir}'; or choose another folder with --data-dir`;
}

/** Whether there is something in it, but no store: /var/lib rather than a folder of ours. */
function isForeign(folder: string): boolean {
  try {
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    return names.length > 0 && !names.includes("virtglass.db");
  } catch {
    return false;
  }
}
