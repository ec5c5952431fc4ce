import { dirname, join } from "node:path";
import { run } from "@/cli/run.ts";
import { commitTime } from "@/tasks/build/commit.ts";
import { project } from "@/tasks/build/project.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** This checkout as it is now with its packages, once more at another path, to run tasks in that write. */
export class Checkout implements Disposable {
  readonly path: string;
  readonly #folder = temporaryFolder();

  private constructor() {
    this.path = join(this.#folder.path, "somewhere/else");
  }

  static async copy(): Promise<Checkout> {
    const checkout = new Checkout();
    const listed = await run("git", ["-C", project, "ls-files", "-z", "-co", "--exclude-standard"]);
    for (const file of listed.split("\0").filter(Boolean)) {
      const copy = join(checkout.path, file);
      await Deno.mkdir(dirname(copy), { recursive: true });
      await Deno.copyFile(join(project, file), copy).catch((error) => {
        // Listed, and removed since.
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
    }
    await run("cp", ["-a", join(project, "node_modules"), join(checkout.path, "node_modules")]);
    return checkout;
  }

  /** `deno task ARGS` in it; its output. Throws CommandFailed. */
  async task(args: string[], env: Record<string, string> = {}, stdin?: string): Promise<string> {
    return await run(Deno.execPath(), ["task", ...args], {
      cwd: this.path,
      env: { SOURCE_DATE_EPOCH: String(await commitTime(project)), ...env },
      ...(stdin === undefined ? {} : { stdin }),
    });
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
