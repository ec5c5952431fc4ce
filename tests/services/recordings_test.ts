import assert from "node:assert/strict";
import type { EofReason, Recording, Role } from "@/protocol/mod.ts";
import { Audit } from "@/services/audit/mod.ts";
import { configOf } from "@/services/config/settings.ts";
import type { ConsoleTap } from "@/services/consoles/tap.ts";
import { GlassError } from "@/services/errors.ts";
import { Limits } from "@/services/limits/mod.ts";
import {
  AUTOMATIC,
  type ConsoleSource,
  Recordings,
  type RecordingsOptions,
} from "@/services/recordings/mod.ts";
import { Store } from "@/services/store/mod.ts";
import type { VMRecord } from "@/services/vms/mod.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { ADDRESS, domainXML, hostFile, session, TestHost } from "@/tests/services/test_host.ts";

const OPTIONS = { automatic: false, input: false, maxSize: 4096, maxAge: 30, maxTotal: 16_384 };
const CONSOLE = "<devices><console type='pty'/></devices>";

/** Consoles that say what a test has them say. */
class Consoles implements ConsoleSource {
  readonly recorded = new Set<string>();
  readonly #taps = new Map<string, ConsoleTap>();

  tap({ uuid }: VMRecord, tap: ConsoleTap): Disposable {
    this.#taps.set(uuid, tap);
    return { [Symbol.dispose]: () => void this.#taps.delete(uuid) };
  }

  told: { columns: number; rows: number } | null = null;

  size() {
    return this.told;
  }

  setRecording(uuid: string, on: boolean): void {
    if (on) this.recorded.add(uuid);
    else this.recorded.delete(uuid);
  }

  get tapped(): string[] {
    return [...this.#taps.keys()];
  }

  say(uuid: string, said: string | Uint8Array): void {
    const bytes = typeof said === "string" ? new TextEncoder().encode(said) : said;
    this.#taps.get(uuid)?.output(bytes);
  }

  type(uuid: string, text: string): void {
    this.#taps.get(uuid)?.input(new TextEncoder().encode(text));
  }

  end(uuid: string, reason: EofReason): void {
    this.#taps.get(uuid)?.ended(reason);
  }
}

/** Recordings of the VMs "one" and "two" (running, with a console) and "mute" (without one). */
class Studio implements AsyncDisposable {
  readonly consoles = new Consoles();
  readonly folder = temporaryFolder();
  readonly store = new Store(this.folder.path);
  readonly #host: TestHost;
  recordings: Recordings;
  uuid = "";

  private constructor(host: TestHost, options: Partial<RecordingsOptions>) {
    this.#host = host;
    this.recordings = this.open(options);
  }

  static async start(options: Partial<RecordingsOptions> = {}): Promise<Studio> {
    const files = temporaryFolder();
    const domains = [domainXML("one", CONSOLE), domainXML("two", CONSOLE), domainXML("mute")];
    const host = await TestHost.start({ uri: hostFile(files.path, ...domains) });
    files[Symbol.dispose]();
    const { uuid } = await host.vm("one", ({ definition }) => definition !== null);
    await host.vm("two", ({ definition }) => definition !== null);
    await host.vm("mute", ({ definition }) => definition !== null);
    const studio = new Studio(host, options);
    studio.uuid = uuid;
    return studio;
  }

  /** Recordings on the same folder and store, as after a start of the server. */
  open(options: Partial<RecordingsOptions> = {}): Recordings {
    const all = { ...OPTIONS, folder: `${this.folder.path}/recordings`, ...options };
    return this.recordings = new Recordings(
      all,
      this.#host.services.vms,
      this.consoles,
      this.store,
      new Limits(configOf({ limitsCommands: 5 })),
      new Audit(this.store, this.folder.path, 365),
    );
  }

  get host(): TestHost {
    return this.#host;
  }

  /** Does that to the VM "one". */
  async act(what: "suspend" | "destroy" | "start"): Promise<void> {
    await this.#host.services.hypervisor.call(async (connection) => {
      using domain = await connection.domainByUUID(this.uuid);
      await domain[what]();
    });
  }

  /** Kind and result of everything in the audit log. */
  recorded(): [kind: string, result: string][] {
    return this.store.all<{ record: string }>("SELECT record FROM audit ORDER BY seq")
      .map(({ record }) => JSON.parse(record))
      .map(({ kind, result }) => [kind, result]);
  }

  file(id: string): string {
    return `${this.folder.path}/recordings/${id}.cast`;
  }

  async lines(id: string): Promise<unknown[]> {
    const text = await Deno.readTextFile(this.file(id));
    assert.ok(text.endsWith("\n"));
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  }

  /** Codes and texts of the recording's events. */
  async events(id: string): Promise<[code: string, text: string][]> {
    const events = (await this.lines(id)).slice(1) as [number, string, string][];
    const times = events.map(([time]) => time);
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
    return events.map(([, code, text]) => [code, text]);
  }

  /** The recording once it has ended. */
  async over(id: string): Promise<Recording> {
    return await eventually(() => {
      const recording = this.recordings.get(OPERATOR, id);
      return recording.endedAt !== null && recording;
    }, { for: "the recording to end", deadline: 5_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.recordings[Symbol.asyncDispose]();
    this.store[Symbol.dispose]();
    await this.#host[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

const OPERATOR = session("operator");
const ADMIN = session("admin");

const mode = (path: string) => Deno.statSync(path).mode! & 0o777;

function code(expected: string) {
  return (error: unknown) => error instanceof GlassError && error.code === expected;
}

Deno.test("Recordings write what a console says as asciicast, with characters whole", async () => {
  await using studio = await Studio.start();
  const { recordings, consoles, uuid } = studio;
  const before = Math.floor(Date.now() / 1000);
  const { id, ...started } = recordings.start(OPERATOR, ADDRESS, "one");
  assert.deepEqual(
    [started.vm, started.uuid, started.startedBy, started.endedAt, started.input],
    ["one", uuid, "operator", null, false],
  );
  assert.deepEqual([...consoles.recorded], [uuid]);
  consoles.say(uuid, "login: ");
  consoles.type(uuid, "secret\r");
  const euro = new TextEncoder().encode("€\r\n\u2028");
  consoles.say(uuid, euro.subarray(0, 1));
  consoles.say(uuid, euro.subarray(1));
  consoles.end(uuid, "stopped");
  consoles.say(uuid, "again");
  const ended = await recordings.stop(OPERATOR, ADDRESS, id);
  assert.equal(ended.ended, "Stopped by operator.");
  assert.equal(ended.bytes, Deno.statSync(studio.file(id)).size);
  const [header] = await studio.lines(id) as [Record<string, unknown>];
  assert.ok(Number(header.timestamp) >= before && Number(header.timestamp) <= before + 5);
  assert.deepEqual({ ...header, timestamp: 0 }, {
    version: 2,
    width: 80,
    height: 24,
    timestamp: 0,
    title: "one",
  });
  assert.deepEqual(await studio.events(id), [
    ["o", "login: "],
    ["o", "€\r\n\u2028"],
    ["m", "The guest stopped."],
    ["o", "again"],
  ]);
  assert.deepEqual([[...consoles.recorded], consoles.tapped], [[], []]);
  assert.deepEqual([mode(studio.file(id)), mode(`${studio.folder.path}/recordings`)], [
    0o600,
    0o700,
  ]);
});

Deno.test("Recordings have the size of the terminal that is there, and 80 by 24 at least", async () => {
  await using studio = await Studio.start();
  const sizes: [told: [number, number] | null, width: number, height: number][] = [
    [null, 80, 24],
    [[132, 50], 132, 50],
    [[40, 60], 80, 60],
  ];
  for (const [told, width, height] of sizes) {
    studio.consoles.told = told && { columns: told[0], rows: told[1] };
    const { id } = studio.recordings.start(OPERATOR, ADDRESS, "one");
    await studio.recordings.stop(OPERATOR, ADDRESS, id);
    const [header] = await studio.lines(id) as [Record<string, unknown>];
    assert.deepEqual([header.width, header.height], [width, height]);
  }
});

Deno.test("Recordings write what is typed only when that is configured", async () => {
  await using studio = await Studio.start({ input: true });
  const { recordings, consoles, uuid } = studio;
  const { id, input } = recordings.start(OPERATOR, ADDRESS, "one");
  assert.equal(input, true);
  consoles.type(uuid, "ls\r");
  consoles.say(uuid, "ls\r\n");
  await recordings.stop(OPERATOR, ADDRESS, id);
  assert.deepEqual(await studio.events(id), [["i", "ls\r"], ["o", "ls\r\n"]]);
});

Deno.test("Recordings run once at a time for a VM, and need a console", async () => {
  await using studio = await Studio.start();
  const { recordings } = studio;
  const first = recordings.start(OPERATOR, ADDRESS, "one");
  assert.throws(() => recordings.start(OPERATOR, ADDRESS, "one"), code("CONFLICT"));
  assert.throws(() => recordings.start(OPERATOR, ADDRESS, "mute"), code("CONSOLE_UNAVAILABLE"));
  assert.throws(() => recordings.start(OPERATOR, ADDRESS, "nobody"), code("VM_NOT_FOUND"));
  const other = recordings.start(OPERATOR, ADDRESS, "two");
  assert.deepEqual(recordings.list(OPERATOR).map(({ id }) => id), [other.id, first.id]);
  for (const vm of ["one", first.uuid, first.uuid.toUpperCase()]) {
    assert.deepEqual(recordings.listOf(OPERATOR, vm).map(({ id }) => id), [first.id]);
  }
  await recordings.stop(OPERATOR, ADDRESS, first.id);
  const ended = recordings.get(OPERATOR, first.id);
  assert.deepEqual(await recordings.stop(OPERATOR, ADDRESS, first.id), ended);
  recordings.start(OPERATOR, ADDRESS, "one");
});

Deno.test("Recordings count as commands when they start", async () => {
  await using studio = await Studio.start();
  const { recordings } = studio;
  const one = async () => {
    const { id } = recordings.start(OPERATOR, ADDRESS, "one");
    await recordings.stop(OPERATOR, ADDRESS, id);
  };
  for (let n = 0; n < 5; n++) await one();
  await assert.rejects(one, code("RATE_LIMITED"));
  assert.equal(recordings.list(OPERATOR).length, 5);
  recordings.start(ADMIN, ADDRESS, "one");
});

Deno.test("Recordings that cannot begin are recorded as failed, whatever is wrong", async () => {
  await using studio = await Studio.start();
  studio.store.run("ALTER TABLE recordings RENAME TO hidden");
  assert.throws(() => studio.recordings.start(OPERATOR, ADDRESS, "one"), /no such table/);
  studio.store.run("ALTER TABLE hidden RENAME TO recordings");
  assert.deepEqual(studio.recorded(), [["recording.start", "ok"], ["recording.start", "failed"]]);
});

Deno.test("Recordings whose file stays are recorded as failed to go, and can be deleted again", async () => {
  await using studio = await Studio.start();
  const { recordings } = studio;
  const { id } = recordings.start(ADMIN, ADDRESS, "one");
  await recordings.stop(ADMIN, ADDRESS, id);
  // A folder that is not empty is what nobody can remove like a file, whoever runs this.
  await Deno.remove(studio.file(id));
  await Deno.mkdir(`${studio.file(id)}/in the way`, { recursive: true });
  await assert.rejects(recordings.remove(ADMIN, ADDRESS, id), /Look at the folder "recordings"/);
  assert.equal(recordings.get(ADMIN, id).id, id);
  const deletions = () => studio.recorded().filter(([kind]) => kind === "recording.delete");
  assert.deepEqual(deletions().map(([, result]) => result), ["ok", "failed"]);
  await Deno.remove(studio.file(id), { recursive: true });
  await recordings.remove(ADMIN, ADDRESS, id);
  assert.throws(() => recordings.get(ADMIN, id), code("NOT_FOUND"));
  assert.equal(deletions().length, 3);
});

Deno.test("Recordings are started by operators, read by viewers, deleted by admins", async () => {
  await using studio = await Studio.start();
  const { recordings } = studio;
  const rights: [Role, string[]][] = [["viewer", ["read"]], ["operator", ["read", "stop"]]];
  for (const [role, allowed] of rights) {
    const { id } = recordings.start(ADMIN, ADDRESS, "one");
    const asked = session(role);
    const can = async (what: string, act: () => unknown) => {
      const attempt = async () => void await act();
      if (allowed.includes(what)) await attempt();
      else await assert.rejects(attempt, code("FORBIDDEN"), `${role} ${what}`);
    };
    await can("read", () => recordings.get(asked, id));
    await can("read", () => recordings.cast(asked, ADDRESS, id));
    await can("stop", () => recordings.start(asked, ADDRESS, "two"));
    await can("stop", () => recordings.stop(asked, ADDRESS, id));
    await can("delete", () => recordings.remove(asked, ADDRESS, id));
    await assert.rejects(
      async () =>
        await recordings.remove(ADMIN, ADDRESS, recordings.running(studio.uuid)?.id ?? "none"),
      code(recordings.running(studio.uuid) ? "CONFLICT" : "NOT_FOUND"),
    );
    await recordings.stop(ADMIN, ADDRESS, id);
    await recordings.remove(ADMIN, ADDRESS, id);
    assert.throws(() => recordings.get(ADMIN, id), code("NOT_FOUND"));
    assert.throws(() => Deno.statSync(studio.file(id)), Deno.errors.NotFound);
  }
  const expired = { ...ADMIN, expiresAt: Date.now() - 1 };
  assert.deepEqual(recordings.list(expired), []);
});

for (const id of ["../virtglass.db", "", ".", "%2e%2e", "a".repeat(36), "\0"]) {
  Deno.test(`Recordings take ${JSON.stringify(id)} for no id`, async () => {
    await using studio = await Studio.start();
    assert.throws(() => studio.recordings.get(ADMIN, id), code("NOT_FOUND"));
    await assert.rejects(studio.recordings.cast(ADMIN, ADDRESS, id), code("NOT_FOUND"));
    await assert.rejects(studio.recordings.remove(ADMIN, ADDRESS, id), code("NOT_FOUND"));
  });
}

Deno.test("a recording that is full ends, says why, and keeps within its size", async () => {
  await using studio = await Studio.start({ maxSize: 4096 });
  const { recordings, consoles, uuid } = studio;
  const { id } = recordings.start(OPERATOR, ADDRESS, "one");
  for (let count = 0; count < 100; count++) consoles.say(uuid, "x".repeat(100));
  const { ended, bytes } = await studio.over(id);
  assert.equal(ended, "It reached 4096 bytes, the most that it may have.");
  assert.ok(bytes <= 4096 && bytes > 3900, String(bytes));
  assert.equal(Deno.statSync(studio.file(id)).size, bytes);
  await studio.lines(id);
  assert.deepEqual(consoles.tapped, []);
});

Deno.test("a recording may be downloaded while it runs, by whole lines", async () => {
  await using studio = await Studio.start();
  const { recordings, consoles, uuid } = studio;
  const { id } = recordings.start(OPERATOR, ADDRESS, "one");
  consoles.say(uuid, "the first of the two lines");
  await eventually(() => recordings.get(OPERATOR, id).bytes > 100, { for: "a line in the file" });
  const { size, body } = await recordings.cast(session("viewer"), ADDRESS, id);
  consoles.say(uuid, "second");
  const text = await new Response(body).text();
  assert.equal(text.length, size);
  assert.match(text, /"the first of the two lines"\]\n$/);
});

Deno.test("too many recordings: the oldest that have ended go, with their files", async () => {
  await using studio = await Studio.start({ maxSize: 4096, maxTotal: 9000 });
  const { recordings, consoles, uuid } = studio;
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) {
    const { id } = recordings.start(OPERATOR, ADDRESS, "one");
    ids.push(id);
    consoles.say(uuid, "x".repeat(3800));
    await recordings.stop(OPERATOR, ADDRESS, id);
  }
  recordings.tidy();
  assert.deepEqual(recordings.list(ADMIN).map(({ id }) => id), [ids[2], ids[1]]);
  await eventually(() => {
    const files = [...Deno.readDirSync(`${studio.folder.path}/recordings`)];
    return files.length === 2;
  }, { for: "the file to go" });
});

Deno.test("too many recordings that run: the oldest of them ends", async () => {
  await using studio = await Studio.start({ maxSize: 8192, maxTotal: 8192 });
  const { recordings, consoles, uuid } = studio;
  const { id } = recordings.start(OPERATOR, ADDRESS, "one");
  const other = recordings.start(OPERATOR, ADDRESS, "two");
  consoles.say(uuid, "x".repeat(5000));
  consoles.say(other.uuid, "x".repeat(5000));
  await eventually(
    () => recordings.list(ADMIN).reduce((sum, { bytes }) => sum + bytes, 0) > 10_000,
    { for: "both files to be written" },
  );
  recordings.tidy();
  assert.equal((await studio.over(id)).ended, "All recordings together reached 8192 bytes.");
  assert.equal(recordings.get(ADMIN, other.id).endedAt, null);
});

Deno.test("recordings that are too old are gone after a start", async () => {
  await using studio = await Studio.start();
  const { id } = studio.recordings.start(OPERATOR, ADDRESS, "one");
  await studio.recordings.stop(OPERATOR, ADDRESS, id);
  await studio.recordings[Symbol.asyncDispose]();
  const kept = studio.open();
  assert.equal(kept.list(ADMIN).length, 1);
  await kept[Symbol.asyncDispose]();
  const none = studio.open({ maxAge: 0 });
  assert.deepEqual(none.list(ADMIN), []);
});

Deno.test("a recording that a crash ended is interrupted, and what is whole of it plays", async () => {
  await using studio = await Studio.start();
  const { consoles, uuid } = studio;
  const crashed = studio.recordings;
  const { id } = crashed.start(OPERATOR, ADDRESS, "one");
  consoles.say(uuid, "before the crash");
  await eventually(() => crashed.get(OPERATOR, id).bytes > 100, { for: "a line in the file" });
  const whole = await Deno.readTextFile(studio.file(id));
  await Deno.writeTextFile(studio.file(id), '[0.5,"o","ha', { append: true });
  const lost = crashed.start(OPERATOR, ADDRESS, "two");
  await eventually(() => crashed.get(OPERATOR, lost.id).bytes > 0, { for: "its header" });
  await Deno.remove(studio.file(lost.id));

  const recordings = studio.open();
  const after = recordings.get(ADMIN, id);
  assert.equal(after.ended, "Interrupted: virtglass ended while it ran.");
  assert.notEqual(after.endedAt, null);
  assert.equal(after.bytes, whole.length);
  assert.equal(await Deno.readTextFile(studio.file(id)), whole);
  assert.throws(() => recordings.get(ADMIN, lost.id), code("NOT_FOUND"));
  recordings.start(OPERATOR, ADDRESS, "one");
  // The crashed one's timers and files end with this process only.
  await crashed[Symbol.asyncDispose]();
});

Deno.test("a stop of the server ends recordings with a reason", async () => {
  await using studio = await Studio.start();
  const { id } = studio.recordings.start(OPERATOR, ADDRESS, "one");
  studio.consoles.say(studio.uuid, "last words");
  await studio.recordings[Symbol.asyncDispose]();
  assert.equal(studio.open().get(ADMIN, id).ended, "virtglass was stopped.");
  assert.deepEqual(await studio.events(id), [["o", "last words"]]);
});

Deno.test("recordings.auto records every guest that runs, anew with each start of it", async () => {
  await using studio = await Studio.start({ automatic: true, maxSize: 2048 });
  const { consoles, uuid } = studio;
  await studio.act("suspend");
  const first = await eventually(() => studio.recordings.running(uuid), { for: "a recording" });
  assert.equal(first.startedBy, AUTOMATIC);
  consoles.say(uuid, "x".repeat(5000));
  await studio.over(first.id);
  const second = await eventually(() => studio.recordings.running(uuid), { for: "the next" });
  assert.notEqual(second.id, first.id);

  await studio.act("destroy");
  await studio.host.vm("one", ({ state }) => state.status === "stopped");
  consoles.end(uuid, "stopped");
  assert.equal((await studio.over(second.id)).ended, "The guest stopped.");
  assert.equal(studio.recordings.running(uuid), null);
  await studio.act("start");
  const third = await eventually(() => studio.recordings.running(uuid), { for: "another" });
  assert.equal(third.startedBy, AUTOMATIC);
});
