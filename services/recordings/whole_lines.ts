const STEP = 64 * 1024;
const LINE_FEED = 0x0a;

/**
 * Cuts what follows the last whole line off a file, as a crash or a full disk may have left it.
 * Returns the size that it has then.
 */
export function keepWholeLines(path: string): number {
  using file = Deno.openSync(path, { read: true, write: true });
  const { size } = file.statSync();
  const bytes = new Uint8Array(STEP);
  for (let end = size; end > 0;) {
    const begin = Math.max(0, end - STEP);
    file.seekSync(begin, Deno.SeekMode.Start);
    const count = file.readSync(bytes.subarray(0, end - begin)) ?? 0;
    const at = bytes.subarray(0, count).lastIndexOf(LINE_FEED);
    if (at >= 0) {
      const whole = begin + at + 1;
      if (whole < size) file.truncateSync(whole);
      return whole;
    }
    end = begin;
  }
  file.truncateSync(0);
  return 0;
}
