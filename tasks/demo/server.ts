import { join } from "node:path";
import { bundle, delivered } from "@/tasks/build/delivered.ts";
import { project } from "@/tasks/build/project.ts";
import { isStale } from "@/tasks/build/stale.ts";
import { run } from "@/tasks/setup/run.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";

/** Builds dist/ unless it is newer than everything it is built from. */
export async function buildWhenStale(say: (line: string) => void): Promise<void> {
  if (!isStale(project, bundle)) return;
  say("building");
  await run(Deno.execPath(), ["run", "--quiet", "-A", join(project, "tasks/build.ts")]);
}

export async function addAdmin(dataDir: string, name: string, password: string): Promise<void> {
  const args = ["user", "add", name, "--role", "admin", "--password-stdin", "--data-dir", dataDir];
  await run(Deno.execPath(), delivered(...args), { stdin: password });
}

export interface DemoServer {
  /** Resolves to its address once it listens, or to null when it ended before. */
  listening: Promise<string | null>;
  /** Resolves to its exit code. */
  ended: Promise<number>;
  stop(): void;
}

/** Starts `virtglass serve`; its log goes to stderr, line by line. */
export function startServer(connect: string, port: number, dataDir: string): DemoServer {
  const child = new Deno.Command(Deno.execPath(), {
    args: delivered(
      "serve",
      ...["--connect", connect, "--listen", `127.0.0.1:${port}`, "--data-dir", dataDir],
    ),
    stdin: "null",
    stderr: "piped",
  }).spawn();
  const { promise: listening, resolve } = Promise.withResolvers<string | null>();
  const relay = async () => {
    const lines = child.stderr.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) {
      console.error(line);
      const url = / listens on (http\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    }
    resolve(null);
  };
  const relayed = relay();
  return {
    listening,
    ended: child.status.then(async ({ code }) => (await relayed, code)),
    stop() {
      try {
        child.kill("SIGTERM");
      } catch (error) {
        // It has ended by itself meanwhile.
        if (!(error instanceof TypeError)) throw error;
      }
    },
  };
}
