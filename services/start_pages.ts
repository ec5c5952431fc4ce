import { log } from "./log.ts";

/** As bits/mman-linux.h numbers it. */
const MADV_DONTNEED = 4;

/** A mapping of a file that nobody may write to: its place, what is resident and what is the process's own. */
const MAPPING = new RegExp(
  String.raw`^([0-9a-f]+)-([0-9a-f]+) r-.p \S+ \S+ \d+ +(/.*)\n(?:[A-Z].*\n)*?` +
    String.raw`Rss: +(\d+) kB\n(?:[A-Z].*\n)*?Anonymous: +(\d+) kB`,
  "gm",
);

/** A part of the address space: where it begins, and how many bytes it has. */
export interface Mapping {
  begin: bigint;
  size: bigint;
}

/** What of `file` is resident, by /proc/PID/smaps, and as the file has it: code and constants. */
export function unchanged(smaps: string, file: string): Mapping[] {
  return [...smaps.matchAll(MAPPING)].flatMap(([, begin, end, path, resident, own]) =>
    path !== file || resident === "0" || own !== "0"
      ? []
      : [{ begin: BigInt(`0x${begin}`), size: BigInt(`0x${end}`) - BigInt(`0x${begin}`) }]
  );
}

/**
 * Gives back the pages of the program that a start has read, most of which no server needs again. What is
 * needed after all comes back from the system's page cache. Libraries keep theirs: one may be loaded at
 * any moment, and its mappings change while it is.
 * https://man7.org/linux/man-pages/man2/madvise.2.html
 */
export async function dropStartPages(): Promise<void> {
  try {
    const file = await Deno.readLink("/proc/self/exe");
    const smaps = await Deno.readTextFile("/proc/self/smaps");
    const { symbols: libc } = Deno.dlopen("libc.so.6", {
      madvise: {
        parameters: ["u64", /* void *addr */ "usize", /* size_t length */ "i32" /* int advice */],
        result: "i32",
      },
    });
    for (const { begin, size } of unchanged(smaps, file)) libc.madvise(begin, size, MADV_DONTNEED);
  } catch (error) {
    // Another libc than glibc, or no /proc: the pages stay.
    log.debug("The pages of the start stay resident: {error}", { error });
  }
}
