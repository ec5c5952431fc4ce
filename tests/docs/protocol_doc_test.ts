/** Holds docs/PROTOCOL.md against protocol/: what the one says the other has, and the other way. */
import assert from "node:assert/strict";
import * as protocol from "@/protocol/mod.ts";
import type * as z from "@/protocol/zod.ts";
import { GlassError } from "@/services/errors.ts";
import { EVENT_KINDS } from "@/services/events.ts";
import { OPERATIONS } from "@/services/openapi/operations.ts";

const {
  CloseCode,
  ConsoleSocketMessage,
  ERROR_CODES,
  EventsSocketMessage,
  ServerMessage,
  Topic,
  VMSocketMessage,
} = protocol;

const page = await Deno.readTextFile(new URL("../../docs/PROTOCOL.md", import.meta.url));
const CLIENT = { vm: VMSocketMessage, console: ConsoleSocketMessage, events: EventsSocketMessage };
const SERVER = "Messages of the server";
const FROM_CLIENT = "Messages of the client";

/** What stands under this heading, up to the next one of its level or above. */
function section(heading: string, level: number, text = page): string {
  const parts = text.split(new RegExp(`^(?=#{1,${level}} )`, "m"));
  const begin = `${"#".repeat(level)} ${heading}\n`;
  const found = parts.filter((part) => part.startsWith(begin));
  assert.equal(found.length, 1, `one heading "${heading}"`);
  return found[0]!.slice(begin.length);
}

/** Under a heading of level 2, what stands under each of its headings of level 3. */
function messages(heading: string): Map<string, string> {
  const parts = section(heading, 2).split(/^### /m).slice(1);
  return new Map(parts.map((part) => {
    const name = /^`(\w+)`\n/.exec(part)?.[1];
    assert.ok(name, `a message's name: ${part.slice(0, 40)}`);
    return [name, part];
  }));
}

/** Rows of the first table, as cells without their marks for code. */
function rows(text: string): string[][] {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => /^\| *:?-+/.test(line));
  if (begin < 0) return [];
  const end = lines.findIndex((line, index) => index > begin && !line.startsWith("|"));
  return lines.slice(begin + 1, end).map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""))
  );
}

const firstCells = (text: string) => rows(text).map(([first]) => first!);

interface Example {
  info: string[];
  text: string;
}

function examples(text: string): Example[] {
  return [...text.matchAll(/^```(json[^\n]*)\n([^]*?)^```$/gm)].map(([, info, text]) => ({
    info: info!.split(" ").slice(1),
    text: text!,
  }));
}

/** The schema that an example's fence names. */
function schemaOf([kind, socket]: string[]): z.ZodMiniType {
  if (kind === "server") return ServerMessage;
  if (kind === "client") return CLIENT[socket as keyof typeof CLIENT];
  const schema = (protocol as Record<string, unknown>)[kind ?? ""];
  assert.ok(schema, `protocol/mod.ts has a schema "${kind}"`);
  return schema as z.ZodMiniType;
}

interface Options {
  def: { options: readonly { shape: { type: z.ZodMiniLiteral<string>; data: z.ZodMiniObject } }[] };
}
const byType = (union: unknown) =>
  new Map(
    (union as Options).def.options.map((
      { shape },
    ) => [shape.type.def.values[0]!, shape.data.shape]),
  );

const serverShapes = byType(ServerMessage);
const clientShapes = new Map(Object.values(CLIENT).flatMap((union) => [...byType(union)]));

const sorted = (names: Iterable<string>) => [...names].toSorted();

for (
  const [heading, shapes] of [[SERVER, serverShapes], [FROM_CLIENT, clientShapes]] as const
) {
  Deno.test(`"${heading}" documents each of them and nothing else`, () => {
    assert.deepEqual(sorted(messages(heading).keys()), sorted(shapes.keys()));
  });

  for (const [type, text] of messages(heading)) {
    Deno.test(`"${heading}": ${type} has its fields and an example`, () => {
      assert.deepEqual(sorted(firstCells(text)), sorted(Object.keys(shapes.get(type) ?? {})));
      const found = examples(text);
      assert.ok(found.length > 0, "an example");
      for (const { text } of found) assert.equal(JSON.parse(text).type, type);
    });
  }
}

for (const { info, text } of examples(page)) {
  Deno.test(`the example ${info.join(" ")} ${text.slice(0, 60).replace(/\s+/g, " ")}`, () => {
    const value = JSON.parse(text);
    // Nothing is left out of it either: what a schema does not know, it drops.
    assert.deepEqual(schemaOf(info).parse(value), value);
  });
}

Deno.test("every example of JSON names its schema", () => {
  assert.equal(page.match(/^```json/gm)?.length, examples(page).length);
  for (const { info } of examples(page)) assert.ok(info.length > 0);
});

Deno.test("the error codes are all there are, with their HTTP status", () => {
  const documented = rows(section("Error codes", 2)).map(([code, status]) => [code, status]);
  const expected = ERROR_CODES.map((code) => [code, String(new GlassError(code, "").status)]);
  assert.deepEqual(documented.toSorted(), expected.toSorted());
});

Deno.test("the close codes are all there are, by their names", () => {
  const documented = rows(section("Close codes", 2)).map(([code, name]) => [name, Number(code)]);
  assert.deepEqual(documented, Object.entries(CloseCode));
});

Deno.test("the topics are all there are", () => {
  const wrong = Topic.safeParse("none").error?.issues[0]?.message ?? "";
  const topics = wrong.replace("is not one of ", "").split(", ");
  const documented = firstCells(section("Topics", 2));
  assert.deepEqual(sorted(documented), sorted(topics));
  for (const topic of documented) assert.ok(Topic.safeParse(topic).success, topic);
});

Deno.test("the kinds of events are all there are", () => {
  const documented = firstCells(section("Events", 3)).flatMap((cell) => cell.split(", "));
  assert.deepEqual(sorted(documented), sorted(EVENT_KINDS));
});

Deno.test("the table of REST is its operations", () => {
  const documented = firstCells(section("REST", 2))
    .flatMap((cell) => cell.split(", "))
    .map((request) => request.replace(/\?.*/, ""))
    .filter((request) => request.includes("/api/v1/"));
  const operations = OPERATIONS.map(({ method, path }) => {
    return `${method} /api/v1${
      path.replace(/\{(?:\w*[iI]d)\}/, "ID").replace(/\{(\w+)\}/, "NAME")
    }`;
  });
  assert.deepEqual(sorted(new Set(documented)), sorted(operations));
});

Deno.test("numbers and names are those of protocol/", () => {
  const { CONSOLE_PROTOCOL, HEARTBEAT_INTERVAL, INPUT_WINDOW, MAX_MESSAGE, PROTOCOL } = protocol;
  const place = (heading: string, level: number, words: string) =>
    assert.ok(section(heading, level).includes(words), `${heading}: ${words}`);
  place("Heartbeat and timeouts", 3, `${HEARTBEAT_INTERVAL} s`);
  place("Limits", 3, `${MAX_MESSAGE} bytes`);
  place("Typing", 3, `at most ${INPUT_WINDOW} bytes`);
  place("Console", 2, `\`${CONSOLE_PROTOCOL}\``);
  place("Versions", 2, `is the version: ${PROTOCOL}.`);
});

Deno.test("every link within the page leads somewhere", () => {
  const seen = new Map<string, number>();
  const anchors = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const slug = heading!.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  }));
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  assert.ok(links.length > 0);
  assert.deepEqual(links.filter((link) => !anchors.has(link)), []);
});
