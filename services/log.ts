import type { Logger, LogRecord } from "@logtape/logtape";
import { isJournal, journalLines } from "./systemd/journal.ts";

type Level = "debug" | "info" | "warn" | "error";

/** Lines that are kept at most until it is known where they go; the newest are dropped. */
const EARLY = 100;

/** What is logged before `configureLog`. Commands of the shell never call it, and have no log. */
let early: ((logger: Logger) => void)[] = [];
let logger: Logger | undefined;

const at = (level: Level) => (message: string, properties: Record<string, unknown> = {}): void => {
  if (logger !== undefined) logger[level](message, properties);
  else if (early.length < EARLY) early.push((logger) => logger[level](message, properties));
};

/** The one logger. Nothing secret is ever handed to it: no token, password, query or header. */
export const log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };

export type LogFormat = "json" | "pretty";

/**
 * Logs go to stderr, a line each: JSON for machines, or `time level message` for people. In systemd's
 * journal, which has time and level of its own, they are its. What was logged before follows. LogTape is
 * read here, and not with this module: it would be a twentieth of the time to the first page.
 */
export async function configureLog(format: LogFormat, level: "debug" | "info"): Promise<void> {
  const { configureSync, getJsonLinesFormatter, getLogger } = await import("@logtape/logtape");
  const journal = isJournal();
  const json = getJsonLinesFormatter({ properties: "flatten" });
  const render = format === "json" ? json : journal ? plain : pretty;
  const write = journal
    ? (record: LogRecord) => journalLines(record.level, render(record))
    : render;
  const encoder = new TextEncoder();
  configureSync({
    reset: true,
    sinks: { stderr: (record) => void Deno.stderr.writeSync(encoder.encode(write(record))) },
    loggers: [
      { category: "virtglass", sinks: ["stderr"], lowestLevel: level },
      { category: ["logtape", "meta"], sinks: ["stderr"], lowestLevel: "warning" },
    ],
  });
  logger = getLogger("virtglass");
  for (const tell of early) tell(logger);
  early = [];
}

function pretty(record: LogRecord): string {
  const time = new Date(record.timestamp).toISOString();
  return `${time} ${record.level.padEnd(7)} ${plain(record)}\n`;
}

function plain(record: LogRecord): string {
  return record.message.map((part) => typeof part === "string" ? part : words(part)).join("");
}

function words(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  return Deno.inspect(value);
}
