/**
 * `deno task bench [ROW ...] [--quick] [--rounds N] [--minutes N] [--markdown]`: measures virtglass against the least
 * that another program needs for the same; docs/BENCHMARKS.md says how. `--markdown` writes there.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Bench } from "@/tests/bench/bench.ts";
import { replaceTable } from "@/tests/bench/document.ts";
import { run } from "@/tests/bench/program.ts";
import type { Row } from "@/tests/bench/row.ts";
import { makeRows } from "@/tests/bench/rows/mod.ts";
import { markdownTable, textTable } from "@/tests/bench/table.ts";
import { setUp } from "./setup/mod.ts";

const root = new URL("..", import.meta.url).pathname;
const document = `${root}docs/BENCHMARKS.md`;
const all = makeRows();
const names = (rows: Row[]) => rows.map(({ name }) => name).join(" ");
const usage = `usage: deno task bench [ROW ...] [--quick] [--rounds N] [--minutes N] [--markdown]
rows: ${names(all.filter(({ asked }) => !asked))}
run only when named: ${names(all.filter(({ asked }) => asked))}
--minutes is how long row "open" leaves a page open; 30 without it`;

const { rows, quick, rounds, minutes, markdown } = readCommandLine(Deno.args);
const say = (line: string) => console.error(line);
const began = performance.now();

for (const problem of await setUp("bench", say)) say(`set-up: ${problem}`);
say("building");
await run(Deno.execPath(), ["run", "-A", `${root}tasks/build.ts`]);
await using bench = await Bench.open({ quick, minutes });
Deno.addSignalListener("SIGINT", stop);
Deno.addSignalListener("SIGTERM", stop);
/** Rows that failed are no figures, and end the whole with 1; the others go on. */
const failed = new Set<Row>();
for (let round = 1; round <= rounds; round++) {
  for (const row of rows) {
    if (failed.has(row) || (row.once && round > 1)) continue;
    say(`round ${round} of ${rounds}: ${row.name}`);
    await row.round(bench).catch((error) => {
      failed.add(row);
      say(`${row.name} failed: ${error.stack ?? error}`);
    });
  }
  // After each, so that a run which is ended early has said something.
  await report(round);
}
if (failed.size > 0) Deno.exitCode = 1;

async function report(round: number): Promise<void> {
  const figures = rows.filter((row) => !failed.has(row)).flatMap((row) => row.figures());
  console.log(textTable(figures));
  if (markdown) {
    const table = `${await machine(round)}\n\n${markdownTable(figures)}`;
    await Deno.writeTextFile(document, replaceTable(await Deno.readTextFile(document), table));
  }
  say(`${round} rounds in ${Math.round((performance.now() - began) / 1000)} s`);
}

/** Ends everything that was started; nothing of a benchmark outlives it. */
async function stop(): Promise<void> {
  await bench[Symbol.asyncDispose]();
  Deno.exit(130);
}

function readCommandLine(args: string[]) {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: "boolean", default: false },
        rounds: { type: "string" },
        minutes: { type: "string" },
        markdown: { type: "boolean", default: false },
      },
    });
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a number above 0`);
    const minutes = Number(values.minutes ?? (values.quick ? 1 : 30));
    if (!(minutes > 0)) throw new Error(`--minutes takes a number above 0`);
    const rows = positionals.length ? positionals.map(find) : all.filter(({ asked }) => !asked);
    return { ...values, rounds, minutes, rows };
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    Deno.exit(2);
  }
}

function find(name: string): Row {
  const row = all.find((row) => row.name === name);
  if (!row) throw new Error(`There is no row "${name}".`);
  return row;
}

/** One line that says where and when the figures were taken. */
async function machine(rounds: number): Promise<string> {
  const [libvirt = ""] = await run("virsh", ["--version"]);
  const [qemu = ""] = await run("qemu-system-x86_64", ["--version"]);
  const cores = cpus();
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cores.length} cores`,
    `(${cores[0]?.model ?? "unknown"}), Deno ${Deno.version.deno}, libvirt ${libvirt},`,
    `${qemu.replace(/ \(.*/, "")}, ${rounds} rounds.`,
  ].join(" ");
}
