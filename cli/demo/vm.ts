import { guestImage } from "./guest/image.ts";
import { network } from "./guest/network.ts";
import { guestXML } from "./guest/xml.ts";
import { define, removeGuest, virsh } from "./virsh.ts";

export const NAME = "virtglass-demo";

/**
 * Boots the demo's VM, with its image and its disk in `folder`. One of this name that runs already is
 * left as it is. What is returned removes it again.
 */
export async function demoVM(
  uri: string,
  folder: string,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const files = `${folder}/demo`;
  const remove = async () => {
    await removeGuest(uri, NAME);
    await Deno.remove(files, { recursive: true }).catch(() => {});
  };
  const running = (await virsh(uri, "list", "--name")).split("\n");
  if (running.includes(NAME)) return remove;
  const image = await guestImage(`${folder}/guest`, say);
  await removeGuest(uri, NAME);
  await Deno.mkdir(files, { recursive: true });
  const disk = `${files}/disk.raw`;
  await Deno.writeFile(disk, new Uint8Array());
  await Deno.truncate(disk, 64 * 1024 * 1024);
  say(`booting the VM ${NAME}`);
  const title = "The demo's tiny Linux";
  await define(uri, guestXML({ name: NAME, title, image, disk, network: await network() }));
  try {
    await virsh(uri, "start", NAME);
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}
