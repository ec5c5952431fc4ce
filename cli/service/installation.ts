import { basename, dirname, join, resolve } from "pathe";
import { exists } from "@/cli/exists.ts";
import { GlassError } from "@/services/errors.ts";
import {
  foldersMadeFor,
  missingFolders,
  removeEmptyFolders,
  withMadeFolders,
} from "./made_folders.ts";
import { DATA_DIR, type Places, POLKIT, SYSUSERS, unit, USER } from "./unit.ts";

const PLACES: Places = {
  program: "/usr/local/bin/virtglass",
  unit: "/etc/systemd/system/virtglass.service",
  sysusers: "/etc/sysusers.d/virtglass.conf",
  polkit: "/etc/polkit-1/rules.d/50-virtglass.rules",
};

/** The unit of the Debian package. One in /etc would be used instead of it, with another executable. */
const PACKAGED = "/usr/lib/systemd/system/virtglass.service";

type Say = (line: string) => void;

/**
 * The service on this machine, or in a folder that becomes the root of another one. What makes it is
 * the list of its files, and the user; nothing else of the machine is changed.
 */
export class Installation {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  /** Installs `program`, or puts it in the place of an older one and starts that anew. */
  async install(program: string, say: Say): Promise<void> {
    demandRoot();
    this.#demandNoPackage();
    const upgrade = exists(this.#path("program"));
    const made = [...this.#madeFolders(), ...this.#missingFolders()];
    // The unit first: what is left of an installation that fails can be uninstalled.
    const texts = { unit: withMadeFolders(unit(PLACES), made), sysusers: SYSUSERS, polkit: POLKIT };
    for (const [part, text] of Object.entries(texts) as [keyof typeof texts, string][]) {
      this.#write(part, (file) => Deno.writeTextFileSync(file, text), 0o644);
    }
    if (resolve(program) !== this.#path("program")) {
      this.#write("program", (file) => Deno.copyFileSync(program, file), 0o755);
    }
    await command("systemd-sysusers", [`--root=${this.#root}`, basename(PLACES.sysusers)]);
    await command("systemctl", [`--root=${this.#root}`, "--quiet", "enable", "virtglass.service"]);
    if (this.#isLive()) {
      await command("systemctl", ["daemon-reload"]);
      await command("systemctl", ["restart", "virtglass.service"]);
    }
    say(`virtglass is ${upgrade ? "upgraded" : "installed"}: ${this.#path("unit")}`);
    if (!this.#isLive()) say("systemd does not run here: nothing was started.");
    say(
      `It runs as "${USER}", in the group "libvirt". Whoever is in that group may do what root may.`,
    );
    if (!upgrade) say(`Next: virtglass user add NAME --role admin --data-dir ${DATA_DIR}`);
  }

  /**
   * Takes away all that `install` brought. The data folder stays, and becomes root's. The unit goes
   * last, so that where something fails the service is still there to be uninstalled again.
   */
  async remove(say: Say): Promise<void> {
    demandRoot();
    if (!exists(this.#path("unit"))) {
      throw new GlassError("NOT_FOUND", `There is no service: no file "${this.#path("unit")}".`);
    }
    const now = this.#isLive() ? ["--now"] : [`--root=${this.#root}`];
    await command("systemctl", ["--quiet", ...now, "disable", "virtglass.service"]);
    const data = join(this.#root, DATA_DIR);
    // Before the user goes: its number may be given to somebody else.
    if (exists(data)) await command("chown", ["-R", "root:root", data]);
    if (this.#lists("passwd")) {
      // By itself: a userdel that fails half-way leaves a name in the group "libvirt", for anybody.
      await command("usermod", [...this.#prefix(), "--groups", "", USER]);
      await command("userdel", [...this.#prefix(), USER]);
    }
    // Whether its group goes with it is for /etc/login.defs to say.
    if (this.#lists("group")) await command("groupdel", [...this.#prefix(), USER]);
    const made = this.#madeFolders();
    for (const part of ["polkit", "sysusers", "program", "unit"] as const) {
      removeFile(this.#path(part));
    }
    removeEmptyFolders(made.map((folder) => join(this.#root, folder)));
    if (this.#isLive()) await command("systemctl", ["daemon-reload"]);
    say(exists(data) ? `virtglass is removed. "${data}" stays.` : "virtglass is removed.");
  }

  #madeFolders(): string[] {
    const file = this.#path("unit");
    return exists(file) ? foldersMadeFor(Deno.readTextFileSync(file)) : [];
  }

  #missingFolders(): string[] {
    const isThere = (folder: string) => exists(join(this.#root, folder));
    const missing = Object.values(PLACES).flatMap((path) => missingFolders(path, isThere));
    return [...new Set(missing)];
  }

  #path(part: keyof Places): string {
    return join(this.#root, PLACES[part]);
  }

  /** Whole or not at all, and under a program that runs: the old one lives on until it ends. */
  #write(part: keyof Places, write: (file: string) => void, mode: number): void {
    const file = this.#path(part);
    Deno.mkdirSync(dirname(file), { recursive: true });
    const unfinished = `${file}.new`;
    write(unfinished);
    Deno.chmodSync(unfinished, mode);
    Deno.renameSync(unfinished, file);
  }

  #demandNoPackage(): void {
    const unit = join(this.#root, PACKAGED);
    if (!exists(unit)) return;
    throw new GlassError(
      "CONFLICT",
      `Cannot install the service: the package virtglass has it, as "${unit}". Upgrade the package, or remove it before.`,
    );
  }

  /** Whether this is the machine's own root, and systemd runs it. */
  #isLive(): boolean {
    return this.#root === "/" && exists("/run/systemd/system");
  }

  /** Whether the service's user, or its group, is in this list of them. */
  #lists(list: "passwd" | "group"): boolean {
    const text = Deno.readTextFileSync(join(this.#root, "/etc", list));
    return text.split("\n").some((line) => line.startsWith(`${USER}:`));
  }

  #prefix(): string[] {
    return this.#root === "/" ? [] : ["--prefix", this.#root];
  }
}

/** Somebody may have taken a part of it away already. */
function removeFile(file: string): void {
  try {
    Deno.removeSync(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function demandRoot(): void {
  if (Deno.uid() === 0) return;
  throw new GlassError("FORBIDDEN", "Only root can change the services of this machine: use sudo.");
}

/** @throws GlassError with what the program said */
async function command(program: string, args: string[]): Promise<void> {
  const asked = [program, ...args].join(" ");
  const { success, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "null",
  })
    .output().catch((error: Error) => {
      throw new GlassError("CONFLICT", `Cannot run "${asked}": ${error.message}`, { cause: error });
    });
  if (success) return;
  const said = new TextDecoder().decode(stderr).trim().replaceAll("\n", " ");
  throw new GlassError("CONFLICT", `"${asked}" failed: ${said}`);
}
