/** As Linux numbers it, on each architecture that Deno runs on; glibc has a function since 2.30 only. */
const GETDENTS64 = Deno.build.arch === "aarch64" ? 61n : 217n;
const O_RDONLY_CLOEXEC = 0o2000000;

/** Where in a `struct linux_dirent64` its length and its name stand. */
const LENGTH = 16;
const NAME = 19;
const [ZERO, NINE] = [48, 57];

const FOLDER = "/proc/self/fd";
const folderPath = new TextEncoder().encode(`${FOLDER}\0`);
const entries = new Uint8Array(64 * 1024);
const entriesView = new DataView(entries.buffer);

type Libc = ReturnType<typeof open>;
let opened: Libc | undefined;

function open() {
  return Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", /* const char * path */ "i32" /* flags */], result: "i32" },
    syscall: {
      parameters: ["i64", /* number */ "i64", /* file */ "buffer", "i64" /* its size */],
      result: "i64",
    },
    close: { parameters: ["i32"], result: "i32" },
  }).symbols;
}

/**
 * The numbers of the files that this process has open. `Deno.readDirSync` makes an object of each, which
 * takes three times as long.
 */
export function openFiles(): number[] {
  const libc = opened ??= open();
  const folder = libc.open(folderPath, O_RDONLY_CLOEXEC);
  if (folder < 0) throw new Error(`Cannot open "${FOLDER}"`);
  const found: number[] = [];
  try {
    for (let filled; (filled = fill(libc, folder)) > 0;) {
      for (let at = 0; at < filled; at += entriesView.getUint16(at + LENGTH, true)) {
        const file = numberAt(at + NAME);
        if (file !== null && file !== folder) found.push(file);
      }
    }
  } finally {
    libc.close(folder);
  }
  return found;
}

/** Reads the next entries; answers how many bytes they have, 0 when there are no more. */
function fill(libc: Libc, folder: number): number {
  const filled = libc.syscall(GETDENTS64, BigInt(folder), entries, BigInt(entries.length));
  if (filled < 0n) throw new Error(`Cannot list "${FOLDER}"`);
  return Number(filled);
}

/** The number whose digits stand there; null for "." and "..". */
function numberAt(start: number): number | null {
  let [at, number] = [start, 0];
  for (; entries[at]! >= ZERO && entries[at]! <= NINE; at++) {
    number = 10 * number + entries[at]! - ZERO;
  }
  return at === start ? null : number;
}
