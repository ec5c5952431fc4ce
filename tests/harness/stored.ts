import { Buffer } from "node:buffer";

/** All bytes of all files of a data folder, but for the keys, whose purpose it is to be there. */
export async function stored(folder: string): Promise<string> {
  let all = "";
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) all += await stored(`${folder}/${name}`);
    else if (!/\.key(\.old)?$/.test(name)) {
      all += Buffer.from(await Deno.readFile(`${folder}/${name}`)).toString("latin1");
    }
  }
  return all;
}
