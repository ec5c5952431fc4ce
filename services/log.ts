import { configureSync, getJsonLinesFormatter, getLogger, type LogRecord } from "@logtape/logtape";
import { isJournal, journalLines } from "./systemd/journal.ts";

/** The one logger. Nothing secret is ever handed to it: no token, password, query or header. */
export const log = getLogger("virtglass");

export type LogFormat = "json" | "pretty";

/**
 * Logs go to stderr, a line each: JSON for machines, or `time level message` for people. In systemd's
 * journal, which has time and level of its own, they are its.
 */
export function configureLog(format: LogFormat, level: "debug" | "info"): void {
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
