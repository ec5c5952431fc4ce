import { parseArgs } from "node:util";

export const HELP = `deno task demo [--port PORT] [--keep]

Prepares this machine, boots a tiny VM named virtglass-demo, and serves virtglass on 127.0.0.1.

  --port PORT   where to listen (default 8480; 0 lets the system choose)
  --keep        leave the VM running at the end
  --help        this text
`;

export interface DemoOptions {
  port: number;
  keep: boolean;
  help: boolean;
}

/** @throws Error with one line for the person who typed it */
export function demoOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "8480" },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new Error(`--port is a number from 0 to 65535, not "${values.port}"`);
  }
  return { port, keep: values.keep, help: values.help };
}
