import assert from "node:assert/strict";

/** A program that aborts where OpenSSL cleans up at its end. */
const program = (load: string) => `
  const { library, openLibrary } = await import("${import.meta.dirname}/library.ts");
  ${load}
  const libc = Deno.dlopen("libc.so.6", {
    dlsym: { parameters: ["pointer", "buffer"], result: "pointer" },
  }).symbols;
  const openSSL = Deno.dlopen("libcrypto.so.3", {
    OPENSSL_atexit: { parameters: ["pointer"], result: "i32" },
  }).symbols;
  openSSL.OPENSSL_atexit(libc.dlsym(null, new TextEncoder().encode("abort\\0")));
`;

async function end(load: string): Promise<string | number> {
  const { code, signal } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", program(load)],
    cwd: `${import.meta.dirname}/..`,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "null",
  }).output();
  return signal ?? code;
}

Deno.test("OpenSSL does not clean up at the end of a process that has loaded libvirt", async () => {
  // As it does by itself.
  assert.equal(await end('openLibrary("libvirt.so.0").virInitialize()'), "SIGABRT");
  assert.equal(await end("library()"), 0);
});
