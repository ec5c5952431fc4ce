import { UsageError } from "./arguments.ts";

/** A new password: asked for twice at the terminal, or with `--password-stdin` all that comes in. */
export async function readPassword(flags: Record<string, string>): Promise<string> {
  if (flags["password-stdin"]) {
    const text = await new Response(Deno.stdin.readable).text();
    return text.replace(/\r?\n$/, "");
  }
  if (!Deno.stdin.isTerminal()) {
    throw new UsageError("There is no terminal to ask for a password: use --password-stdin.");
  }
  const password = await ask("Password: ");
  if (await ask("Again: ") !== password) throw new UsageError("The passwords differ.");
  return password;
}

/** Reads a line from the terminal without showing it. */
async function ask(prompt: string): Promise<string> {
  const encoder = new TextEncoder();
  await Deno.stderr.write(encoder.encode(prompt));
  Deno.stdin.setRaw(true, { cbreak: true });
  try {
    return await readLine();
  } finally {
    Deno.stdin.setRaw(false);
    await Deno.stderr.write(encoder.encode("\n"));
  }
}

async function readLine(): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256);
  let line = "";
  while (true) {
    const count = await Deno.stdin.read(buffer);
    if (count === null) return line;
    for (const char of decoder.decode(buffer.subarray(0, count), { stream: true })) {
      if (char === "\n" || char === "\r") return line;
      line = char === "\x7f" || char === "\b" ? line.slice(0, -1) : line + char;
    }
  }
}
