import { type Config, loadConfig } from "@/services/config/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { Users } from "@/services/identity/users.ts";
import { Store } from "@/services/store/mod.ts";
import type { Arguments } from "../arguments.ts";
import { commandLineAudit } from "../audit_log.ts";
import { serve, stopSignal } from "../serve.ts";
import { box } from "./box.ts";
import { missing } from "./needs.ts";
import { readPort } from "./port.ts";
import { demoVM, NAME } from "./vm.ts";

const TEST_DRIVER = "test:///default";

/**
 * `virtglass demo`: a tiny real VM, a server with a new admin that shows it, and at the end neither.
 * Where no VM can be had, it says what is missing and shows those of libvirt's test driver.
 */
export async function demo({ flags }: Arguments, folder = cacheFolder()): Promise<void> {
  const say = (line: string) => console.log(line);
  const listen = `127.0.0.1:${readPort(flags.port)}`;
  const keep = flags.keep !== undefined;
  // From here on nothing may be left behind, also when its terminal is closed.
  const stopped = stopSignal("SIGINT", "SIGTERM", "SIGHUP");
  let ending = false;
  void stopped.then(() => ending = true);
  const dataDir = await Deno.makeTempDir({ prefix: "virtglass-demo-" });
  let removeVM: (() => Promise<void>) | null = null;
  try {
    const config = await loadConfig({
      ...(flags.connect === undefined ? {} : { connect: flags.connect }),
      "data-dir": dataDir,
    });
    removeVM = await realVM(config.connect, folder, say);
    const password = newPassword();
    await addAdmin(config, password);
    if (ending) return;
    const connect = removeVM === null ? TEST_DRIVER : config.connect;
    await serve(
      { flags: { connect, listen, "data-dir": dataDir }, positionals: [] },
      {
        listening: (url) => say(box(welcome(url, password, removeVM !== null, keep))),
        stopped,
      },
    );
  } finally {
    await Deno.remove(dataDir, { recursive: true });
    if (removeVM !== null && !keep) {
      await removeVM();
      say(`The VM ${NAME} is gone.`);
    }
  }
}

async function realVM(
  connect: string,
  folder: string,
  say: (line: string) => void,
): Promise<(() => Promise<void>) | null> {
  const problem = await missing();
  if (problem === null) {
    try {
      return await demoVM(connect, folder, say);
    } catch (error) {
      say(`No real VM: ${(error as Error).message}`);
      return null;
    }
  }
  say(`No real VM: ${problem}`);
  return null;
}

async function addAdmin(config: Config, password: string): Promise<void> {
  using store = new Store(config.dataDir);
  using audit = await commandLineAudit(store, config);
  await new Users(store, audit).add("admin", "admin", password, COMMAND_LINE);
}

/** Where the VM's kernel is kept for the next time. */
function cacheFolder(): string {
  const home = Deno.env.get("HOME") ?? "/root";
  return `${Deno.env.get("XDG_CACHE_HOME") || `${home}/.cache`}/virtglass`;
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
