import { type Arguments, UsageError } from "../arguments.ts";
import { Installation } from "./installation.ts";

/** `virtglass service install|uninstall`. */
export async function service({ flags, positionals: [action] }: Arguments): Promise<void> {
  const installation = new Installation(flags.root ?? "/");
  if (action === "uninstall") return await installation.remove(console.log);
  if (!Deno.build.standalone) {
    throw new UsageError("service installs the executable: make it with deno task compile.");
  }
  await installation.install(Deno.execPath(), console.log);
}
