/**
 * Whether stderr is systemd's journal, which keeps the time of each line itself.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#%24JOURNAL_STREAM
 */
export function isJournal(): boolean {
  const told = Deno.env.get("JOURNAL_STREAM");
  if (told === undefined) return false;
  // Not by fstat, which Node's modules alone have: they would take a third of the start.
  const { dev, ino } = Deno.statSync("/proc/self/fd/2");
  return told === `${dev}:${ino}`;
}

/** As syslog numbers them: https://man7.org/linux/man-pages/man3/sd-daemon.3.html */
const PRIORITY: Record<string, number> = { debug: 7, info: 6, warning: 4, error: 3, fatal: 2 };

/** A record for the journal: each of its lines begins with how grave it is. */
export function journalLines(level: string, text: string): string {
  const prefix = `<${PRIORITY[level] ?? PRIORITY.debug}>`;
  return text.trimEnd().split("\n").map((line) => `${prefix}${line}\n`).join("");
}
