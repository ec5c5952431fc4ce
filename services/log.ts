import { configureSync, getJsonLinesFormatter, getLogger, type LogRecord } from "@logtape/logtape";

/** The one logger. Nothing secret is ever handed to it: no token, password, query or header. */
export const log = getLogger("virtglass");

export type LogFormat = "json" | "pretty";

/** Logs go to stderr, a line each: JSON for machines, or `time level message` for people. */
export function configureLog(format: LogFormat, level: "debug" | "info"): void {
  const render = format === "json" ? getJsonLinesFormatter({ properties: "flatten" }) : pretty;
  const encoder = new TextEncoder();
  configureSync({
    reset: true,
    sinks: { stderr: (record) => void Deno.stderr.writeSync(encoder.encode(render(record))) },
    loggers: [
      { category: "virtglass", sinks: ["stderr"], lowestLevel: level },
      { category: ["logtape", "meta"], sinks: ["stderr"], lowestLevel: "warning" },
    ],
  });
}

function pretty(record: LogRecord): string {
  const time = new Date(record.timestamp).toISOString();
  const text = record.message.map((part) => typeof part === "string" ? part : words(part)).join("");
  return `${time} ${record.level.padEnd(7)} ${text}\n`;
}

function words(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  return Deno.inspect(value);
}
