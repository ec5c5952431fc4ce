import { Role } from "@/protocol.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { Store } from "@/services/store/mod.ts";
import { Users } from "@/services/identity/users.ts";
import { type Arguments, UsageError } from "./arguments.ts";

/** `virtglass user ...`: changes the store directly; a running server notices. */
export async function user({ flags, positionals: [action, name] }: Arguments): Promise<void> {
  const role = Role.safeParse(flags.role ?? "viewer");
  if (!role.success) {
    throw new UsageError(`--role is admin, operator or viewer, not "${flags.role}".`);
  }
  const { "data-dir": dataDir, config } = flags;
  const { dataDir: folder } = await loadConfig({
    ...(dataDir === undefined ? {} : { "data-dir": dataDir }),
    ...(config === undefined ? {} : { config }),
  });
  using store = new Store(folder);
  const users = new Users(store);
  switch (action) {
    case "add":
      await users.add(name!, role.data, await readPassword(flags));
      return console.log(`User "${name}" (${role.data}) added.`);
    case "passwd":
      await users.changePassword(name!, await readPassword(flags));
      return console.log(`Password of "${name}" changed; its sessions have ended.`);
    case "remove":
      users.remove(name!);
      return console.log(`User "${name}" removed.`);
    case "list":
      for (const entry of users.list()) {
        const since = new Date(entry.createdAt).toISOString().slice(0, 10);
        console.log(`${entry.name.padEnd(24)} ${entry.role.padEnd(9)} since ${since}`);
      }
  }
}

async function readPassword(flags: Record<string, string>): Promise<string> {
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
