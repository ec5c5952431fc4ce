/** A process that waits for the end of its input, with a command line like QEMU's. */
export function pretender(args: string[]): AsyncDisposable {
  const child = new Deno.Command("sh", {
    args: ["-c", "read -r line", "a name) with 1 2 3 (brackets", ...args],
    stdin: "piped",
  }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await child.status;
    },
  };
}
