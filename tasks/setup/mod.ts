import { aptInstall, aptProblem } from "./apt.ts";
import { startDaemons } from "./daemons.ts";
import { lock } from "@/cli/lock.ts";
import { missingPackages, type Purpose } from "./packages.ts";
import { hasProgram } from "@/cli/run.ts";

/**
 * Prepares this machine: installs the Debian packages that are missing and starts libvirt. Quick
 * when there is nothing to do. Returns what could not be done, a line each with its remedy; none of
 * it stops virtglass itself, so the caller goes on with less.
 */
export async function setUp(purpose: Purpose, say: (line: string) => void): Promise<string[]> {
  using _alone = await lock(`${import.meta.dirname}/../../.cache/setup.lock`);
  const problems: string[] = [];
  const missing = await hasProgram("dpkg-query") ? await missingPackages(purpose) : null;
  if (missing === null) {
    problems.push("this is neither Debian nor Ubuntu: libvirt, QEMU and Chromium are up to you");
  } else if (missing.length) {
    const problem = await aptProblem();
    if (problem) {
      problems.push(`${problem}; as root: apt-get install ${missing.join(" ")}`);
    } else {
      await aptInstall(missing, say).catch((error: Error) => problems.push(error.message));
    }
  }
  const down = await startDaemons(say);
  if (down) problems.push(down);
  return problems;
}
