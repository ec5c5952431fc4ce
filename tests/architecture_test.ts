import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname } from "node:path/posix";
import { project } from "@/tasks/build/project.ts";
import { modulesIn } from "@/tasks/build/files.ts";
import { type Import, importsOf } from "@/tasks/build/imports.ts";

interface Room {
  /** What it may import beside itself. */
  of: readonly string[];
  /** What it may import only types of: nothing of it is left when the code runs. */
  typesOf?: readonly string[];
}

/** The table of docs/ARCHITECTURE.md. Packages are not in it, except where one decides it all. */
const ROOMS: Record<string, Room> = {
  "main.ts": { of: ["cli"] },
  "cli": { of: ["fresh", "libvirt", "manifest_gen.ts", "protocol", "routes", "services"] },
  "manifest_gen.ts": { of: ["islands", "routes"], typesOf: ["fresh"] },
  // All that is said to people; pure, so that anybody may say it.
  "texts": { of: [] },
  "utils.ts": { of: ["fresh"], typesOf: ["services"] },
  "routes": {
    of: ["components", "fresh", "islands", "protocol", "services", "texts", "utils.ts"],
  },
  // zod stays on the server: a browser that imports a schema loads 60 kB for it.
  "islands": { of: ["components", "fresh", "texts"], typesOf: ["protocol"] },
  "components": { of: ["fresh", "texts"], typesOf: ["protocol"] },
  "services": { of: ["deno.json", "libvirt", "protocol"] },
  "libvirt": { of: [] },
  "fresh": { of: [] },
  "protocol": { of: [] },
};

/** May import everything, as the tests beside the code may, and what those use. */
const OUTERMOST = new Set(["tasks", "tests"]);
const FIXTURES = /\/fixtures\//;

const imports = Object.keys(ROOMS)
  .flatMap((room) =>
    room.endsWith(".ts") ? [room] : modulesIn(`${project}/${room}`).map((path) => `${room}/${path}`)
  )
  .filter((file) => !FIXTURES.test(file))
  .flatMap((file) => importsOf(project, file));

const roomOf = (path: string) => path.split("/")[0]!;
const isZod = (to: string) => to.split("/")[0] === "npm:zod";

for (const [room, { of, typesOf = [] }] of Object.entries(ROOMS)) {
  Deno.test(`${room} imports ${list(of, typesOf)}`, () => {
    const mine = imports.filter(({ from, to }) =>
      roomOf(from) === room && !to.startsWith("npm:") && roomOf(to) !== room
    );
    refuse(
      mine.filter(({ to, type }) =>
        !(of.includes(roomOf(to)) || (type && typesOf.includes(roomOf(to))))
      ),
    );
  });
}

Deno.test("every module of the project is in one of the rooms", () => {
  const homeless = [...Deno.readDirSync(project)].filter(({ name, isDirectory }) => {
    if (Object.hasOwn(ROOMS, name) || OUTERMOST.has(name) || /^\.|_test\.ts$/.test(name)) {
      return false;
    }
    if (!isDirectory) return /\.tsx?$/.test(name);
    return !["dist", "node_modules"].includes(name) && modulesIn(`${project}/${name}`).length > 0;
  });
  assert.deepEqual(homeless.map(({ name }) => name), []);
});

Deno.test("zod stays on the server", () => {
  const server = new Set(["cli", "protocol", "routes", "services"]);
  refuse(imports.filter(({ from, to }) => isZod(to) && !server.has(roomOf(from))));
});

Deno.test("the wire imports zod alone", () => {
  const outward = imports.filter(({ from, to }) =>
    roomOf(from) === "protocol" && roomOf(to) !== "protocol"
  );
  refuse(outward.filter(({ to }) => to !== "npm:zod/mini"));
});

Deno.test("zod is its small variant, with its words everywhere but in settings", () => {
  const doors = ["protocol/zod.ts", "services/config/zod.ts"];
  refuse(imports.filter(({ from, to, type }) => isZod(to) && !type && !doors.includes(from)));
});

Deno.test("the server makes schemas of what it sends to describe its API alone", () => {
  const makers = new Set(["protocol", "services/openapi"]);
  refuse(
    imports.filter(({ from, to, type }) =>
      /^protocol\/(mod\.ts$|outgoing\/)/.test(to) && !type &&
      !makers.has(roomOf(from)) && !makers.has(dirname(from))
    ),
  );
  refuse(
    imports.filter(({ from, to, type, late }) =>
      /^services\/openapi\/(document|operations)\.ts$/.test(to) && !type && !late &&
      !makers.has(dirname(from))
    ),
  );
});

Deno.test("the hub knows nothing of VMs, nor of anything else", () => {
  refuse(imports.filter(({ from }) => from === "services/hub.ts"));
});

Deno.test("libvirt is reached by services and the command line alone", () => {
  const allowed = new Set(["cli", "libvirt", "services"]);
  refuse(imports.filter(({ from, to }) => roomOf(to) === "libvirt" && !allowed.has(roomOf(from))));
  // What is behind libvirt/mod.ts is its own affair; what comes before it cannot bring it along.
  const outside = new Set(["libvirt/mod.ts", "libvirt/preload.ts", "libvirt/errors.ts"]);
  refuse(
    imports.filter(({ from, to }) =>
      roomOf(to) === "libvirt" && roomOf(from) !== "libvirt" && !outside.has(to)
    ),
  );
});

Deno.test("importsOf sees imports of every kind, and which are types", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(`${folder}/services`);
    Deno.writeTextFileSync(
      `${folder}/services/a.tsx`,
      `import type { A } from "@/protocol/mod.ts"; import { type B } from "../b.ts";
       import { c, type D } from "./d.ts"; export * from "./vms/e.ts";
       export type { F } from "zod"; import "fresh/runtime"; export const g = <b>{c}</b>;
       const h = await import("@/libvirt/mod.ts"); const i = await import(g + h);`,
    );
    assert.deepEqual(
      importsOf(folder, "services/a.tsx").map(({ to, type }) => `${type ? "type " : ""}${to}`),
      [
        ...["type protocol/mod.ts", "type b.ts", "services/d.ts", "fresh/mod.ts"],
        ...["services/vms/e.ts", "type npm:zod", "libvirt/mod.ts"],
      ],
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("every file and folder that docs/ARCHITECTURE.md names exists", () => {
  const text = Deno.readTextFileSync(`${project}/docs/ARCHITECTURE.md`);
  const named = [...text.matchAll(/`([^`\s]+(?:\.tsx?|\.json|\/))`/g)].map(([, path]) => path!);
  assert.ok(named.length > 20, `only ${named.length} were found`);
  assert.deepEqual(named.filter((path) => !existsSync(`${project}/${path}`)), []);
});

function refuse(violations: Import[]): void {
  const said = violations.map(({ from, to, type }) =>
    `${from} imports ${type ? "types of " : ""}${to}`
  );
  assert.deepEqual(said, []);
}

function list(of: readonly string[], typesOf: readonly string[]): string {
  const all = [...of, ...typesOf.map((room) => `types of ${room}`)];
  return all.length === 0 ? "nothing of ours" : `only ${all.join(", ")}`;
}
