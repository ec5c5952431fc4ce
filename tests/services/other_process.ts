import { within } from "@/tests/harness/wait.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Runs TypeScript in another process, with the project's import map. It must print one line, which
 * `said` resolves with; it is killed when disposed of.
 *
 * @param wrapper a command that runs the one behind it in its own place, such as setpriv
 */
export function otherProcess(code: string, wrapper: readonly string[] = []): AsyncDisposable & {
  said: Promise<string>;
  /** Stops it, so that it does nothing any more and still is there. */
  freeze(): void;
  kill(): Promise<void>;
} {
  const [command, ...args] = [...wrapper, Deno.execPath(), "eval", "--quiet", code];
  const child = new Deno.Command(command!, {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const kill = async () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await child.status;
  };
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const said = within(30_000, "the other process to say something", firstLine(lines));
  return {
    said,
    freeze: () => child.kill("SIGSTOP"),
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
      await lines.cancel();
    },
  };
}

async function firstLine(lines: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await lines.read();
    if (done) throw new Error(`the other process ended after saying ${JSON.stringify(text)}`);
    text += value;
  }
  return text.slice(0, text.indexOf("\n"));
}
