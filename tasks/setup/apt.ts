import { hasProgram, run } from "@/cli/run.ts";
import { TextLineStream } from "./text_lines.ts";

/** Why this process cannot install packages, or null when it can. */
export async function aptProblem(): Promise<string | null> {
  if (!await hasProgram("apt-get")) return "this machine has no apt-get";
  if (Deno.uid() !== 0) return "only root can install packages";
  return null;
}

/**
 * Installs these packages without what they merely recommend, and says how far it is. The package
 * lists are fetched only when they lack one of them, or have become too old to install from.
 */
export async function aptInstall(names: readonly string[], say: (line: string) => void) {
  let updated = false;
  const update = async () => {
    updated = true;
    say("fetching package lists (apt-get update)");
    await run("apt-get", ["update", "-q", ...OPTIONS]);
  };
  if (withoutCandidate(await run("apt-cache", ["policy", ...names]), names).length) await update();
  say(`installing ${names.join(" ")}`);
  try {
    await install(names, say);
  } catch (error) {
    if (updated) throw error;
    await update();
    await install(names, say);
  }
}

const OPTIONS = ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"];

/** The names for which `apt-cache policy` shows no version that could be installed. */
export function withoutCandidate(policy: string, names: readonly string[]): string[] {
  const candidates = new Set(
    [...policy.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)]
      .map((match) => match[1]),
  );
  return names.filter((name) => !candidates.has(name));
}

async function install(names: readonly string[], say: (line: string) => void): Promise<void> {
  const child = new Deno.Command("apt-get", {
    args: ["install", "-y", "-q", "--no-install-recommends", ...OPTIONS, ...names],
    env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaints = new Response(child.stderr).text();
  const progress = new Progress(say);
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  for await (const line of lines) progress.read(line);
  const { code } = await child.status;
  if (code !== 0) {
    const said = (await complaints).trim().split("\n").slice(-5).join("\n");
    throw new Error(`apt-get install ${names.join(" ")} ended with ${code}: ${said}`);
  }
}

/** Turns apt's output into a line every ten packages, each of which is unpacked and then set up. */
export class Progress {
  #steps = 0;
  #done = 0;
  constructor(private readonly say: (line: string) => void) {}

  read(line: string): void {
    const fresh = /, (\d+) newly installed/.exec(line)?.[1];
    if (fresh) this.#steps = 2 * Number(fresh);
    const step = /^(Unpacking|Setting up) (\S+)/.exec(line);
    if (!step || ++this.#done % 20) return;
    const percent = this.#steps ? `${Math.floor(100 * this.#done / this.#steps)} %: ` : "";
    this.say(`  ${percent}${step[1]?.toLowerCase()} ${step[2]}`);
  }
}
