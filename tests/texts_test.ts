import assert from "node:assert/strict";
import { parseSync } from "vite";
import { ErrorCode, LaneBroken, LibvirtError } from "@/libvirt/errors.ts";
import { ACTIONS } from "@/protocol/mod.ts";
import { ING } from "@/services/commands/runner.ts";
import { impossible } from "@/services/commands/possible.ts";
import { EVENT_KINDS } from "@/services/events.ts";
import { explain } from "@/services/hypervisor.ts";
import { demand } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import { modulesIn } from "@/tasks/build/files.ts";
import { project } from "@/tasks/build/project.ts";
import { ACCOUNTS } from "@/texts/de/wire/accounts.ts";
import { COMMANDS } from "@/texts/de/wire/commands.ts";
import { CONSOLES } from "@/texts/de/wire/consoles.ts";
import { EVENTS } from "@/texts/de/wire/events.ts";
import { LINK } from "@/texts/de/wire/link.ts";
import * as de from "@/texts/de/mod.ts";
import * as en from "@/texts/en/mod.ts";

/**
 * Where no text for people may stand. Left out are the page of all components, which is for who
 * develops, and that of the API, whose words are the OpenAPI document's.
 */
const FOLDERS = ["components", "islands", "routes"];
const LEFT_OUT = /^routes\/(_components|api|ws)\/|^components\/api\//;

/** Attributes whose words nobody reads. */
const SILENT =
  /^(class|d|viewBox|key|id|name|type|rel|href|action|method|role|for|lang|points|autocomplete|preserveAspectRatio|stroke.*|fill|sizes|content|form|data-.*|formmethod|popover.*|aria-(hidden|controls|labelledby|describedby|haspopup|keyshortcuts|live|relevant|current|sort|expanded)|src|icon|kind|sign|list|tab|target|transform|step|value|media|shape-rendering|autocapitalize|enctype)$/;

/** Names that are the same in every language, and what stands in a title after the page's own. */
const NAMES = /^(virtglass|stty|xterm|Ctrl|Shift|Esc|Space|Enter|API|KiB|UTC)$/;

interface Node {
  type: string;
  [field: string]: unknown;
}

/** Two words in a row, or one that begins as a sentence does. */
const isText = (text: string) =>
  /\p{L}{2,}[,.:]? +\p{L}{2,}/u.test(text) || /^\s*\p{Lu}\p{Ll}{2,}[.…]?\s*$/u.test(text);

/** Literal texts of a module; what errors say to programs and to the log is none. */
function literals(path: string): string[] {
  const { program, errors } = parseSync(path, Deno.readTextFileSync(`${project}/${path}`));
  assert.deepEqual(errors, [], path);
  const found: string[] = [];
  const visit = (node: Node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
        if (node["source"]) return;
        break;
      case "ImportExpression":
      case "TSLiteralType":
        return;
      case "NewExpression":
        if (/Error$/.test((node["callee"] as Node)["name"] as string)) return;
        break;
      case "CallExpression":
        // log.error("...") and the like.
        if (((node["callee"] as Node)["object"] as Node | undefined)?.["name"] === "log") return;
        break;
      case "JSXAttribute": {
        const { name } = node["name"] as unknown as { name: string };
        if (typeof name === "string" && SILENT.test(name)) return;
        break;
      }
      case "JSXElement": {
        // Commands and keys are typed as they stand here.
        const { name } = (node["openingElement"] as { name: Node }).name;
        if (name === "code" || name === "kbd") return;
        break;
      }
      case "BinaryExpression":
        // A comparison with the name of a key.
        if (node["operator"] === "===" || node["operator"] === "!==") return;
        break;
      case "JSXText": {
        const text = (node["value"] as string).replace(/&\w+;/g, "").trim();
        if (/\p{L}{2,}/u.test(text) && !NAMES.test(text)) found.push(text);
        return;
      }
      case "Literal":
        if (
          typeof node["value"] === "string" && isText(node["value"]) && !NAMES.test(node["value"])
        ) {
          found.push(node["value"]);
        }
        return;
      case "TemplateElement": {
        const { cooked } = node["value"] as { cooked: string };
        if (isText(cooked)) found.push(cooked);
        return;
      }
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child === "object" && "type" in child) visit(child as Node);
      }
    }
  };
  visit(program as unknown as Node);
  return found;
}

/** Literals that look like texts, and why they are none. */
const NO_TEXTS: Record<string, readonly string[]> = {
  "components/terminal/OptionsDialog.tsx": [
    ...["Cascadia Mono", "Consolas", "Courier New", "DejaVu Sans Mono", "Fira Code"],
    ...["JetBrains Mono", "Menlo", "Source Code Pro"],
  ],
  "components/terminal/ToolIcon.tsx": ["leave fullscreen"],
  "components/terminal/keys.ts": ["Tab"],
  // A command for the guest's shell.
  "islands/VMTerminal.tsx": ["stty rows "],
  // The name of a scheme.
  "islands/hooks/by_token.ts": ["Bearer "],
  "islands/hooks/draw_on_gpu.ts": ["The terminal is drawn without WebGL:"],
  // Selectors, media queries, the name of a key.
  "islands/hooks/on_demand.ts": [
    "[data-keys=off] *, input:not([type=checkbox]), select, textarea, dialog *",
  ],
  "islands/hooks/useArranged.ts": [".vms tbody:hover"],
  "islands/hooks/useFullscreen.ts": ["Escape"],
  "islands/hooks/usePlot.ts": ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"],
  // Refusals of requests that no page makes.
  "routes/(_shared)/bounded.ts": [
    ...["The body is no form.", "The body was cut off.", "A body has at most "],
    "The body did not come within ",
  ],
  // Plain text, before there is anybody to choose a language.
  "routes/(_shared)/first_run.ts": [
    "virtglass has no admin yet, and until it has one it answers only to its own machine: open /setup there, or run: virtglass user add NAME --role admin",
  ],
  "routes/(_shared)/headers.ts": ["private, no-cache"],
  "routes/(_shared)/language.ts": ["Accept-Language, Cookie"],
};

Deno.test("no text for people stands outside of texts/", () => {
  const found: Record<string, string[]> = {};
  for (const folder of FOLDERS) {
    for (const file of modulesIn(`${project}/${folder}`)) {
      const path = `${folder}/${file}`;
      if (LEFT_OUT.test(path)) continue;
      const texts = literals(path).filter((text) => !NO_TEXTS[path]?.includes(text));
      if (texts.length > 0) found[path] = texts;
    }
  }
  assert.deepEqual(found, {});
});

Deno.test("style sheets say nothing", () => {
  for (const file of modulesIn(`${project}/static/css`, /\.css$/)) {
    const text = Deno.readTextFileSync(`${project}/static/css/${file}`);
    assert.deepEqual(text.match(/content: *"[^"]*\p{L}{2,}[^"]*"/gu), null, file);
  }
});

Deno.test("every text is read somewhere", () => {
  const modules = FOLDERS.flatMap((folder) =>
    modulesIn(`${project}/${folder}`).map((path) =>
      Deno.readTextFileSync(`${project}/${folder}/${path}`)
    )
  );
  const unread = Object.entries(en).flatMap(([area, texts]) => {
    const readers = modules.flatMap((code) => {
      const imported = [...code.matchAll(/import \{([^}]*)\} from "@\/texts\/(?:mod|gate)\.ts"/g)]
        .map(([, names]) => names).join();
      const found = new RegExp(`\\b${area}\\b(?: as (\\w+))?`).exec(imported);
      return found ? [{ code, name: found[1] ?? area }] : [];
    });
    return Object.keys(texts)
      .filter((text) =>
        !readers.some(({ code, name }) => new RegExp(`\\b${name}\\.${text}\\b`).test(code))
      )
      .map((text) => `${area}.${text}`);
  });
  assert.deepEqual(unread, []);
});

Deno.test("what German translates of the wire is what the code says", () => {
  const code = ["services", "libvirt", "routes"].flatMap((folder) =>
    modulesIn(`${project}/${folder}`).map((path) =>
      Deno.readTextFileSync(`${project}/${folder}/${path}`)
    )
  ).join("\n");
  // Values in a sentence are `${...}` in the code, as what is named and what is to be done may be.
  const values = /VM "\{\}"|\{\}|\b(?:start|stop|restart|suspend|resume)\b/;
  const said = (sentence: string) =>
    sentence.split(values).every((part) => code.includes(part.trim()));
  const unsaid = [EVENTS, COMMANDS, CONSOLES, ACCOUNTS, LINK].flatMap((table) => Object.keys(table))
    .filter((sentence) => !said(sentence));
  assert.deepEqual(unsaid, []);
});

/** What is thrown. */
function refusal(call: () => void): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

/** What the server says of a command from its first words to its end, and why it was refused. */
function saidOfCommands(): string[] {
  const user = { name: "vera", role: "viewer" as const };
  const session = { user, expiresAt: Infinity } as Session;
  return ACTIONS.flatMap((action) => [
    `${ING[action]} VM "web1".`,
    refusal(() => demand(session, action, null, "web1")),
    refusal(() => demand(session, action, null)),
    ...(["running", "paused", "stopped"] as const)
      .flatMap((status) => impossible(action, status, false) ?? []),
  ]);
}

/** Why libvirt cannot be reached. */
function saidOfLibvirt(): string[] {
  const failed = (code: number, message: string) =>
    new LibvirtError("virConnectOpen", { code, domain: 0, level: 2, message });
  return [
    new LaneBroken("keepalive", "quick"),
    new LaneBroken("eof", "quick"),
    failed(ErrorCode.systemError, "Failed to connect socket: Permission denied"),
    failed(ErrorCode.systemError, "Failed to connect socket: No such file or directory"),
    failed(ErrorCode.invalidArgument, "no connection driver available"),
  ].map((error) => explain(error, "qemu:///system"));
}

Deno.test("German knows what the server says of commands and of libvirt", () => {
  const left = saidOfCommands().filter((said) => de.wire.words(said) === said);
  assert.deepEqual(left, []);
  const unknown = saidOfLibvirt().filter((said) => de.link.said(said) === said);
  assert.deepEqual(unknown, []);
});

/** Kinds that have words of their own. */
const WORDED = new Set(["lifecycle", "command", "console", "reboot", "io_error", "agent"]);

Deno.test("German knows every kind of event", () => {
  const left = EVENT_KINDS.filter((kind) => !WORDED.has(kind))
    .filter((kind) => de.timeline.event(kind) === kind.replaceAll("_", " "));
  assert.deepEqual(left, []);
});

Deno.test("German says what hardware is like, numbers and lists included", () => {
  assert.equal(de.hardware.word("1.5 GiB"), "1,5 GiB");
  assert.equal(de.hardware.word("1 socket, 2 cores, 2 threads"), "1 Sockel, 2 Kerne, 2 Threads");
  assert.equal(de.hardware.word("hd, then network"), "Platte, dann Netz");
  assert.equal(de.hardware.word("/srv/a, b.qcow2"), "/srv/a, b.qcow2");
});

/** Every text, by the name that it has in its language; a function is called with its own parameters. */
function flat(texts: object, at = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(texts)) {
    const path = at === "" ? name : `${at}.${name}`;
    if (typeof value === "string") found.set(path, value);
    else if (typeof value === "function") {
      const said: unknown = value(...Array(value.length).fill(2).map(String));
      if (typeof said === "string") found.set(path, said);
    } else for (const [inner, text] of flat(value, path)) found.set(inner, text);
  }
  return found;
}

/** What German says as English does: names, and words that both have. */
const SAME = new Set([
  ...["audit.seconds", "audit.vm", "bar.places.host", "charts.cpu", "hardware.title"],
  ...["hardware.uuid", "hardware.vcpus", "host.cpu", "host.heading", "host.libvirt"],
  ...["link.inSeconds", "link.live", "link.offline", "recordings.pause", "recordings.vm"],
  ...["secondFactor.code", "secondFactor.noCamera.1", "setup.name", "signIn.code"],
  ...["signIn.name", "snapshots.name", "snapshots.title", "table.columns.name"],
  ...["table.columns.cpu", "table.count", "terminal.group", "terminalOptions.cursor"],
  ...["terminalOptions.cursors.block", "timeline.vm", "tokens.name", "users.name", "vm.pageOf"],
  ...["vm.tabs.hardware", "vm.tabs.snapshots", "vm.tabs.xml", "xml.title"],
  // Those of the wire, which leave what they do not know.
  ...["account.device", "hardware.word", "link.said", "timeline.event", "wire.words"],
]);

Deno.test("German is no English: what is the same in both is known", () => {
  const german = flat(de);
  const same = [...flat(en)].filter(([path, text]) => german.get(path) === text && text !== "");
  assert.deepEqual(same.map(([path]) => path).filter((path) => !SAME.has(path)), []);
});

Deno.test("German has the texts that English has, and no other", () => {
  // Types say so for names; records of open keys, such as `done` of forms, only here.
  assert.deepEqual([...flat(de).keys()].sort(), [...flat(en).keys()].sort());
});
