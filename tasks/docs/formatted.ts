import { run } from "@/cli/run.ts";
import { project } from "../build/project.ts";

/** Markdown as `deno fmt` leaves it, so that generated pages pass the same check as all others. */
export async function formatted(markdown: string): Promise<string> {
  return await run(Deno.execPath(), ["fmt", "--ext", "md", "-"], { cwd: project, stdin: markdown });
}
