import { loadConfig } from "@/services/config/mod.ts";
import { type BackedUp, backUp, restore as restoreFrom } from "@/services/store/backup.ts";
import type { Arguments } from "./arguments.ts";

/** `virtglass backup FILE`. */
export async function backup({ flags, positionals: [file] }: Arguments): Promise<void> {
  const { dataDir } = await loadConfig(flags);
  console.log(`"${dataDir}" is in "${file}": ${contents(backUp(dataDir, file!))}.`);
  console.log(`Recordings are not: copy "${dataDir}/recordings".`);
}

/** `virtglass restore FILE`. */
export async function restore({ flags, positionals: [file] }: Arguments): Promise<void> {
  const { dataDir } = await loadConfig(flags);
  console.log(`"${file}" is in "${dataDir}": ${contents(restoreFrom(file!, dataDir))}.`);
  console.log(`Everybody has to sign in anew. Recordings: copy them to "${dataDir}/recordings".`);
}

const contents = ({ files, bytes }: BackedUp) =>
  `the store and ${files} other file${files === 1 ? "" : "s"}, ${Math.ceil(bytes / 1024)} KiB`;
