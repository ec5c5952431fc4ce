import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { relative, resolve } from "pathe";
import { lock } from "@/cli/lock.ts";
import { isMissing } from "@/cli/run.ts";
import { buildInitramfs, MODULES } from "./initramfs.ts";
import { kernel } from "./kernel.ts";
import { SCRIPTS } from "./scripts.ts";

/** What the tiny guest boots from: absolute paths of a kernel and an initramfs. */
export interface GuestImage {
  kernel: string;
  initramfs: string;
}

/**
 * The tiny guest's image, built at first use and kept in `cache`: the first time takes some ten seconds
 * and a download, later ones a few milliseconds. Needs cpio, busybox, and apt or a kernel.
 */
export async function guestImage(
  cache: string,
  say: (line: string) => void = () => {},
): Promise<GuestImage> {
  const initramfs = `${cache}/initramfs-${recipe()}.gz`;
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
function recipe(): string {
  const texts = [...Object.entries(SCRIPTS).flat(), ...MODULES];
  return bytesToHex(sha256(utf8ToBytes(texts.join("\0")))).slice(0, 16);
}

function whenMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
