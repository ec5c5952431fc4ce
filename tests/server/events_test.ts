import assert from "node:assert/strict";
import { type Event, EventList, type ServerMessage } from "@/protocol/mod.ts";
import { Server } from "@/tests/harness/server.ts";
import type { TestSocket } from "@/tests/harness/socket.ts";

const connect = "test:///default";

Deno.test("/ws/events remembers what happens", async (t) => {
  await using server = await Server.start({ connect });
  using actor = await server.socket("/ws/vms/test");
  const act = async (action: string, requestId: string = crypto.randomUUID()) => {
    actor.send("command", { action, requestId });
    await actor.next("response", (response) => response.requestId === requestId);
  };
  const subscribe = async (topics: string[], since?: number) => {
    const socket = await server.socket("/ws/events");
    socket.send("subscribe", { topics, ...(since === undefined ? {} : { since }) });
    return { socket, snapshot: (await socket.next("subscribed")).data };
  };

  await t.step("events come in order, each number once, a command's among them", async () => {
    const { socket, snapshot } = await subscribe(["events", "commands"]);
    using _socket = socket;
    // Which of the two comes last is libvirt's affair.
    await Promise.all([
      socket.next("event", ({ kind, vm }) => kind === "lifecycle" && vm === "test"),
      until(socket, "done"),
      act("suspend", "one"),
    ]);
    const events = eventsOf(socket);
    assertGrowing([snapshot.seq, ...events.map(({ seq }) => seq)]);
    const commands = events.filter(({ kind }) => kind === "command");
    const detail = { action: "suspend", force: false, user: "admin", requestId: "one" };
    assert.deepEqual(commands.map(({ vm, detail }) => [vm, detail]), [
      ["test", { ...detail, state: "running", message: 'Suspending VM "test".' }],
      ["test", { ...detail, state: "done", message: 'VM "test" suspended' }],
    ]);
  });

  await t.step("topic commands has the last commands, and their events alone", async () => {
    const { socket, snapshot } = await subscribe(["commands"]);
    using _socket = socket;
    assert.deepEqual(snapshot.commands?.map(({ requestId }) => requestId), ["one"]);
    await act("suspend", "two");
    await until(socket, "failed");
    assert.deepEqual(
      eventsOf(socket).map(({ kind, detail }) => [kind, detail.requestId, detail.state]),
      [["command", "two", "running"], ["command", "two", "failed"]],
    );
  });

  await t.step("since replays what was missed after subscribed, before anything live", async () => {
    const before = await subscribe(["events"]);
    before.socket.close();
    await act("resume", "missed");
    const { socket, snapshot } = await subscribe(["events"], before.snapshot.seq);
    using _socket = socket;
    assert.equal(snapshot.gap, undefined);
    await act("suspend", "live");
    await until(socket, "done", "live");
    const events = eventsOf(socket);
    assertGrowing([before.snapshot.seq, ...events.map(({ seq }) => seq)]);
    const types = socket.messages.map(({ type }) => type);
    assert.ok(types.indexOf("event") > types.indexOf("subscribed"));
    assert.deepEqual(
      events.filter(({ detail }) => detail.state === "done").map(({ detail }) => detail.requestId),
      ["missed", "live"],
    );
    const { socket: commands } = await subscribe(["commands"], before.snapshot.seq);
    using _commands = commands;
    await until(commands, "done", "live");
    assert.ok(eventsOf(commands).every(({ kind }) => kind === "command"));
  });

  await t.step("what was before this start is a gap", async () => {
    const { socket, snapshot } = await subscribe(["events"], 5);
    using _socket = socket;
    await until(socket, "done", "live");
    assert.equal(snapshot.gap?.from, 6);
    assert.ok(snapshot.gap.to < eventsOf(socket)[0]!.seq);
  });

  await t.step("GET /events lists the newest, or what came since", async () => {
    const list = async (query: string) =>
      EventList.parse(await server.json(`/api/v1/events${query}`));
    const { seq, events } = await list("");
    assert.ok(events.at(-1)!.seq <= seq);
    assert.deepEqual((await list("?limit=2")).events, events.slice(-2));
    const third = events.at(-3)!.seq;
    const { gap, events: later } = await list(`?since=${third}`);
    assert.deepEqual([gap, later], [undefined, events.slice(-2)]);
    assert.deepEqual((await list(`?since=${seq}`)).events, []);
    assert.deepEqual((await list(`?since=${third}&limit=1`)).events, events.slice(-2, -1));
    assert.equal((await list("?since=5&limit=1")).gap?.from, 6);
    assert.equal((await server.fetch("/api/v1/events?since=x")).status, 400);
    assert.deepEqual(EventList.parse(await server.json("/api/v1/vms/test/events")).events, events);
    assert.equal((await server.fetch("/api/v1/vms/nothing/events")).status, 404);
  });

  await t.step(
    "a VM that is missing is told before subscribed, and the rest is followed",
    async () => {
      const topics = ["host", "vm:nothing", "vm:test", "metrics:nothing"];
      const { socket, snapshot } = await subscribe(topics);
      using _socket = socket;
      assert.deepEqual(snapshot.topics, ["host", "vm:test"]);
      assert.deepEqual(snapshot.vms?.map(({ name }) => name), ["test"]);
      const told = socket.messages.slice(0, 3).map(({ type, data }) => [type, data]);
      assert.deepEqual(told.map(([type]) => type), ["connection", "error", "subscribed"]);
      assert.deepEqual(told[1]![1], {
        code: "VM_NOT_FOUND",
        message: 'There is no VM "nothing".',
      });
    },
  );

  await t.step("unsubscribing a VM's UUID leaves the VM's name subscribed", async () => {
    const { uuid } = await server.json("/api/v1/vms/test") as { uuid: string };
    const { socket } = await subscribe(["vm:test", `vm:${uuid}`]);
    using _socket = socket;
    socket.send("unsubscribe", { topics: [`vm:${uuid}`] });
    // It is answered in order: from here on the topic is gone.
    socket.send("heartbeat", {});
    await socket.next("heartbeat");
    await act("resume");
    await socket.next("vm", ({ status }) => status === "running");
  });
});

Deno.test("event numbers go on where an earlier start of the server ended, or later", async () => {
  await using first = await Server.start({ connect });
  const last = EventList.parse(await first.json("/api/v1/events")).seq;
  await first.stop();
  await using second = await Server.start({ connect, dataDir: first.dataDir });
  const { seq } = EventList.parse(await second.json("/api/v1/events"));
  assert.ok(seq > last && Number.isSafeInteger(seq), `${seq} after ${last}`);
  using socket = await second.socket("/ws/events");
  socket.send("subscribe", { topics: ["events"], since: last });
  const { data } = await socket.next("subscribed");
  assert.equal(data.gap?.from, last + 1);
  assert.ok(data.gap.to > last && data.gap.to <= seq);
});

/** Waits for the event that ends a command. */
async function until(socket: TestSocket, state: string, requestId?: string): Promise<void> {
  await socket.next(
    "event",
    ({ detail }) =>
      detail.state === state && (requestId === undefined || detail.requestId === requestId),
  );
}

const eventsOf = ({ messages }: TestSocket): Omit<Event, "time">[] =>
  messages.filter((message): message is Extract<ServerMessage, { type: "event" }> =>
    message.type === "event"
  ).map(({ data }) => data);

function assertGrowing(numbers: number[]): void {
  assert.deepEqual([...new Set(numbers)].sort((a, b) => a - b), numbers);
}
