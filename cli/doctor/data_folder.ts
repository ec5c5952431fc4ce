import { dirname } from "pathe";
import { GlassError } from "@/services/errors.ts";
import type { Config } from "@/services/config/mod.ts";
import { inspectStore, isLocked } from "@/services/store/mod.ts";
import { failure, type Finding, ok, warning } from "./finding.ts";

const MIB = 1024 * 1024;
/** Below it a command's record may not be written any more, and then commands are refused. */
const NO_SPACE = 16 * MIB;
const LITTLE_SPACE = 512 * MIB;
const FOLDER = "data folder";

/** The folder, the disk that it is on, and the store in it. */
export async function lookAtDataFolder({ dataDir }: Config): Promise<Finding[]> {
  const found = stat(dataDir);
  if (found !== null && !found.isDirectory) {
    const remedy = "move that file away, or choose another folder with --data-dir";
    return [failure(FOLDER, `"${dataDir}" is a file`, remedy)];
  }
  const place = found === null ? existing(dirname(dataDir)) : dataDir;
  const denied = writingProblem(place);
  if (denied !== null) return [failure(FOLDER, `"${place}": ${denied}`, giveAccess(place, denied))];
  if (found !== null) return [folder(dataDir, found), await disk(dataDir), ...store(dataDir)];
  return [ok(FOLDER, `"${dataDir}" will be made at the first start`), await disk(place), NOBODY];
}

function folder(dataDir: string, { mode }: Deno.FileInfo): Finding {
  if (((mode ?? 0) & 0o077) !== 0) {
    return warning(
      FOLDER,
      `others than its owner may enter "${dataDir}", which holds keys`,
      `chmod 700 '${dataDir}'`,
    );
  }
  const used = isLocked(dataDir) ? ", in use by a server that runs" : "";
  return ok(FOLDER, `"${dataDir}"${used}`);
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

function stat(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch {
    return null;
  }
}

/** The nearest folder above that is there. */
function existing(path: string): string {
  return stat(path) !== null || path === dirname(path) ? path : existing(dirname(path));
}

/** Why this process cannot write there, or null: a file is made and removed, which tells for sure. */
function writingProblem(path: string): string | null {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: path, prefix: ".virtglass-doctor-" }));
    return null;
  } catch (error) {
    const said = (error as Error).message;
    if (/read-only/i.test(said)) return "the file system is read-only";
    // A full disk is told of below.
    return /no space/i.test(said) ? null : "no permission to write there";
  }
}

function giveAccess(path: string, problem: string): string {
  return problem.includes("read-only")
    ? `mount -o remount,rw the file system of '${path}', or choose another folder with --data-dir`
    : `run virtglass as its owner, or: chown -R $(id -un) '${path}'; or --data-dir`;
}
