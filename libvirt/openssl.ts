/** OPENSSL_INIT_NO_ATEXIT */
const NO_ATEXIT = 0x80000n;

/**
 * Has OpenSSL, which libvirt brings along, leave its memory to the system when the process ends. By itself
 * it frees it then, and so does each thread that ends in the same moment: the heap breaks, and a process
 * that had done all its work aborts. To be called before `virInitialize`, which begins with OpenSSL.
 * https://docs.openssl.org/3.0/man3/OPENSSL_init_crypto/
 */
export function keepOpenSSL(): void {
  try {
    Deno.dlopen("libcrypto.so.3", {
      OPENSSL_init_crypto: {
        parameters: ["u64", /* uint64_t opts */ "pointer" /* settings */],
        result: "i32",
      },
    }).symbols.OPENSSL_init_crypto(NO_ATEXIT, null);
  } catch {
    // There is none here, and so none that libvirt could bring.
  }
}
