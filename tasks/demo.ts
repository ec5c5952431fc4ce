/** `deno task demo`: from a bare machine to a real VM in the browser, and nothing left behind. */
import { project } from "./build/project.ts";
import { box } from "./demo/box.ts";
import { type DemoOptions, demoOptions, HELP } from "./demo/options.ts";
import { addAdmin, buildWhenStale, startServer } from "./demo/server.ts";
import { demoVM, NAME } from "./demo/vm.ts";
import { tryLock } from "./setup/lock.ts";
import { setUp } from "./setup/mod.ts";
import { SYSTEM } from "@/tests/harness/virsh.ts";

const say = (line: string) => console.log(line);

async function demo({ port, keep }: DemoOptions): Promise<number> {
  using alone = await tryLock(`${project}/.cache/demo.lock`);
  if (!alone) {
    say("A demo runs already on this machine: end that one first.");
    return 1;
  }
  const stop = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.resolve());
  }
  for (const problem of await setUp("demo", say)) say(`set-up: ${problem}`);
  await buildWhenStale(say);
  let removeVM: (() => Promise<void>) | null = null;
  const dataDir = await Deno.makeTempDir({ prefix: "virtglass-demo-" });
  try {
    removeVM = await demoVM(`${project}/.cache/demo`, say).catch((error: Error) => {
      say(`No real VM: ${error.message}`);
      return null;
    });
    const password = newPassword();
    await addAdmin(dataDir, "admin", password);
    const server = startServer(removeVM ? SYSTEM : "test:///default", port, dataDir);
    const url = await server.listening;
    if (url) say(box(welcome(url, password, removeVM !== null, keep)));
    await Promise.race([stop.promise, server.ended]);
    server.stop();
    return await server.ended;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
    if (removeVM && !keep) {
      await removeVM();
      say(`The VM ${NAME} is gone.`);
    }
  }
}

function welcome(url: string, password: string, real: boolean, keep: boolean): string[] {
  return [
    `virtglass runs at ${url}`,
    "",
    "name      admin",
    `password  ${password}`,
    "",
    ...(real
      ? [`The VM ${NAME} is real: its serial console is a root shell.`]
      : ["These VMs are libvirt's test driver's: consoles need a real hypervisor."]),
    keep || !real ? "Ctrl-C ends the demo." : "Ctrl-C ends the demo and removes its VM.",
  ];
}

/** Three groups of four, from 32 letters and digits that are not taken for each other: 60 bits. */
function newPassword(): string {
  const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  const letters = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) =>
    alphabet[byte & 31]
  );
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join("")).join("-");
}

if (import.meta.main) {
  let options: DemoOptions;
  try {
    options = demoOptions(Deno.args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
  if (options.help) {
    say(HELP);
    Deno.exit(0);
  }
  Deno.exit(await demo(options));
}
