import { join } from "pathe";
import { DatabaseSync } from "node:sqlite";
import { GlassError } from "@/services/errors.ts";
import { storeError } from "./error.ts";
import { giveToOwner } from "./owner.ts";
import { lockDataDir } from "./mod.ts";
import { demandKnown, demandKnownFolder } from "./schema.ts";

/** A backup is a copy of the store with one table more, which holds the other files of the folder. */
const TABLE = `CREATE TABLE backup_files (
  path TEXT PRIMARY KEY, mode INTEGER NOT NULL, content BLOB NOT NULL
) STRICT`;

/**
 * Recordings are large and never change: whoever wants them copies the folder. A set-up code is good
 * for the server that made it.
 */
const LEFT_OUT = /^(recordings|virtglass\.db|serve\.lock|setup\.code)(-\w+)?$/;

export interface BackedUp {
  /** How many files beside the store. */
  files: number;
  bytes: number;
}

/**
 * Writes the data folder, without recordings, to one new file, also while a server runs: what is in it
 * is what was true at one moment.
 *
 * @throws GlassError CONFLICT when the file is there already, or something cannot be read or written;
 * NOT_FOUND when there is no store yet
 */
export function backUp(dataDir: string, file: string): BackedUp {
  demandAbsent(file, `There is a file "${file}" already: name a new one.`);
  const store = `${dataDir}/virtglass.db`;
  const unfinished = `${file}.unfinished`;
  demandPresent(
    store,
    `There is nothing to back up in "${dataDir}" yet. Name the server's data folder with --data-dir.`,
  );
  try {
    demandKnownFolder(dataDir);
    using source = open(store, { readOnly: true });
    demandKnown(source, store);
    // Before the store: it may be newer than they are, as after a crash, and never older.
    const files = filesIn(dataDir);
    // SQLite writes into an empty file, and would make one that everybody can read.
    Deno.writeFileSync(unfinished, new Uint8Array(), { createNew: true, mode: 0o600 });
    source.prepare("VACUUM INTO ?").run(unfinished);
    {
      using copy = open(unfinished);
      copy.exec(`PRAGMA journal_mode = DELETE; ${TABLE}`);
      const insert = copy.prepare("INSERT INTO backup_files VALUES (?, ?, ?)");
      for (const { path, mode, content } of files) insert.run(path, mode, content);
      demandWhole(copy, unfinished);
    }
    Deno.renameSync(unfinished, file);
    return { files: files.length, bytes: Deno.statSync(file).size };
  } catch (error) {
    remove(unfinished);
    throw error instanceof GlassError ? error : storeError(file, error);
  }
}

/**
 * Makes a data folder of a backup. Sessions do not come back: who has signed out since stays out.
 *
 * @throws GlassError CONFLICT when it is no whole backup that this version knows, when a server uses
 * the folder, or when there is something in it that would be written over, NOT_FOUND when there is no
 * such file; nothing is changed then
 */
export function restore(file: string, dataDir: string): BackedUp {
  const store = `${dataDir}/virtglass.db`;
  const unfinished = `${store}.unfinished`;
  demandPresent(file, `There is no file "${file}": virtglass backup FILE makes one.`);
  using source = open(file, { readOnly: true });
  const files = readFiles(source, file);
  demandKnownFolder(dataDir);
  using _alone = lockDataDir(dataDir);
  for (const path of ["virtglass.db", ...files.map(({ path }) => path)]) {
    demandAbsent(
      join(dataDir, path),
      `"${dataDir}" is in use: it has a "${path}". Move that folder away, or choose another with --data-dir.`,
    );
  }
  try {
    for (const { path, mode, content } of files) {
      Deno.mkdirSync(join(dataDir, path, ".."), { recursive: true, mode: 0o700 });
      Deno.writeFileSync(join(dataDir, path), content, { createNew: true, mode });
    }
    Deno.writeFileSync(unfinished, new Uint8Array(), { createNew: true, mode: 0o600 });
    source.prepare("VACUUM INTO ?").run(unfinished);
    {
      using copy = open(unfinished);
      copy.exec("DROP TABLE backup_files; DELETE FROM sessions; VACUUM");
    }
    // Last: where there is a store, all of it is there.
    Deno.renameSync(unfinished, store);
    giveToOwner(dataDir, ["serve.lock", "virtglass.db", ...files.map(({ path }) => path)]);
    return { files: files.length, bytes: Deno.statSync(store).size };
  } catch (error) {
    for (const path of [unfinished, ...files.map(({ path }) => join(dataDir, path))]) remove(path);
    throw error instanceof GlassError ? error : storeError(store, error);
  }
}

interface StoredFile {
  /** Relative to the data folder. */
  path: string;
  mode: number;
  content: Uint8Array<ArrayBuffer>;
}

function filesIn(folder: string, below = ""): StoredFile[] {
  return [...Deno.readDirSync(join(folder, below))]
    .filter(({ name }) => below !== "" || !LEFT_OUT.test(name))
    .flatMap(({ name, isDirectory, isFile }) => {
      const path = join(below, name);
      if (isDirectory) return filesIn(folder, path);
      if (!isFile) return [];
      const mode = (Deno.statSync(join(folder, path)).mode ?? 0o600) & 0o777;
      return [{ path, mode, content: Deno.readFileSync(join(folder, path)) }];
    });
}

/** @throws GlassError CONFLICT when that is no whole backup which this version knows */
function readFiles(source: DatabaseSync, file: string): StoredFile[] {
  try {
    const found = source.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_files'").get();
    if (found === undefined) {
      throw new GlassError("CONFLICT", `"${file}" is no backup: virtglass backup FILE makes one.`);
    }
    demandKnown(source, file);
    demandWhole(source, file);
    const files = source.prepare("SELECT * FROM backup_files").all() as unknown as StoredFile[];
    const outside = files.find(({ path }) =>
      path.startsWith("/") || path.split("/").includes("..")
    );
    if (outside === undefined) return files;
    throw new GlassError("CONFLICT", `"${file}" would write to "${outside.path}": not restored.`);
  } catch (error) {
    throw error instanceof GlassError ? error : storeError(file, error);
  }
}

function demandWhole(db: DatabaseSync, file: string): void {
  const said = db.prepare("PRAGMA integrity_check(1)").get() as { integrity_check: string };
  if (said.integrity_check === "ok") return;
  const what = said.integrity_check.replaceAll("\n", " ");
  throw new GlassError("CONFLICT", `"${file}" is damaged: ${what}. Use another.`);
}

function open(file: string, options: { readOnly?: boolean } = {}): DatabaseSync {
  try {
    return new DatabaseSync(file, options);
  } catch (error) {
    throw storeError(file, error);
  }
}

/** SQLite would make a file that is missing. */
function demandPresent(path: string, otherwise: string): void {
  try {
    Deno.statSync(path);
  } catch (error) {
    const missing = [Deno.errors.NotFound, Deno.errors.NotADirectory];
    if (!missing.some((type) => error instanceof type)) throw storeError(path, error);
    throw new GlassError("NOT_FOUND", otherwise, { cause: error });
  }
}

function demandAbsent(path: string, otherwise: string): void {
  try {
    Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw storeError(path, error);
  }
  throw new GlassError("CONFLICT", otherwise);
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
