import { relative, resolve } from "node:path";
import { lock } from "@/tasks/setup/lock.ts";
import { isMissing } from "@/tasks/setup/run.ts";
import { buildInitramfs, SCRIPTS } from "./initramfs.ts";
import { kernel } from "./kernel.ts";

/** What the tiny guest boots from: absolute paths of a kernel and an initramfs. */
export interface GuestImage {
  kernel: string;
  initramfs: string;
}

const cache = `${import.meta.dirname}/../../.cache/guest`.replace("/tests/guest/../..", "");

/**
 * The tiny guest's image, built at first use and kept in `.cache/guest`: the first time takes some
 * ten seconds and a download, later ones a few milliseconds. Needs the packages of tasks/setup.
 */
export async function guestImage(say: (line: string) => void = () => {}): Promise<GuestImage> {
  const initramfs = `${cache}/initramfs-${await recipe()}.gz`;
  const pointer = `${initramfs}.kernel`;
  const ready = await Deno.readTextFile(pointer).catch(whenMissing);
  if (ready) return { kernel: resolve(cache, ready), initramfs };

  using _alone = await lock(`${cache}/lock`);
  const { image, modules } = await kernel(`${cache}/kernel`, say);
  say("building the guest's initramfs");
  await buildInitramfs(modules, `${initramfs}.new`);
  await Deno.rename(`${initramfs}.new`, initramfs);
  // Written last: whoever finds it finds the rest. Relative, for a checkout may be moved.
  await Deno.writeTextFile(`${pointer}.new`, relative(cache, image));
  await Deno.rename(`${pointer}.new`, pointer);
  return { kernel: image, initramfs };
}

/** Changes when anything that goes into the image changes. */
async function recipe(): Promise<string> {
  const texts = await Promise.all(
    ["initramfs.ts", ...Object.keys(SCRIPTS)].map((name) =>
      Deno.readTextFile(`${import.meta.dirname}/${name}`)
    ),
  );
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(texts.join("\0")));
  return new Uint8Array(digest).toHex().slice(0, 16);
}

function whenMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
