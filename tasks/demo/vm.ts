import { guestImage } from "@/tests/guest/image.ts";
import { guestXML } from "@/tests/guest/xml.ts";
import { network, removeGuest } from "@/tests/harness/guest.ts";
import { define, SYSTEM, virsh } from "@/tests/harness/virsh.ts";

export const NAME = "virtglass-demo";

/**
 * Boots the demo's VM, with its disk in `folder`. One of this name that runs already is left as it
 * is. What is returned removes it again.
 */
export async function demoVM(
  folder: string,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const remove = async () => {
    await removeGuest(SYSTEM, NAME);
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  };
  const running = (await virsh(SYSTEM, "list", "--name")).split("\n");
  if (running.includes(NAME)) return remove;
  const image = await guestImage(say);
  await removeGuest(SYSTEM, NAME);
  await Deno.mkdir(folder, { recursive: true });
  const disk = `${folder}/disk.raw`;
  await Deno.writeFile(disk, new Uint8Array());
  await Deno.truncate(disk, 64 * 1024 * 1024);
  say(`booting the VM ${NAME}`);
  await define(
    SYSTEM,
    guestXML({
      name: NAME,
      title: "The demo's tiny Linux",
      image,
      disk,
      network: await network(),
    }),
  );
  try {
    await virsh(SYSTEM, "start", NAME);
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}
