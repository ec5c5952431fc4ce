import { within } from "./wait.ts";

/** `virsh console`, held open on a terminal of its own by script(1). */
export interface VirshConsole extends AsyncDisposable {
  /** Resolves when it has ended: by `close`, or because something took the console. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Resolves once it holds the console of a guest whose shell prompts, and rejects when something else
 * holds it. `flags` such as "--force".
 */
export async function virshConsole(
  uri: string,
  name: string,
  ...flags: string[]
): Promise<VirshConsole> {
  const command = ["virsh", "--connect", uri, "console", name, ...flags].join(" ");
  const child = new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", command, "/dev/null"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const input = child.stdin.getWriter();
  const holds = Promise.withResolvers<void>();
  let said = "";
  const reading = child.stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(text) {
        said += text;
        if (/Escape character[^]*# /.test(said)) holds.resolve();
      },
    }),
  );
  const ended = Promise.all([child.status, reading]);
  void ended.then(() => holds.reject(new Error(`virsh console has ended: ${said}`)));
  const close = async () => {
    // Ctrl-], which is virsh's way out.
    await input.write(Uint8Array.of(0x1d)).catch(() => {});
    await input.close().catch(() => {});
    await within(10_000, "virsh console to end", ended);
  };
  // It says that it is connected before it is, and drops what is typed until then.
  const knocking = setInterval(() => void input.write(NEWLINE).catch(() => {}), 100);
  try {
    await within(10_000, `virsh console to hold ${name}`, holds.promise);
  } finally {
    clearInterval(knocking);
  }
  return { ended, close, [Symbol.asyncDispose]: close };
}

const NEWLINE = Uint8Array.of(0x0a);
