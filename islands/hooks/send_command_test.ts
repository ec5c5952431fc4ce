import assert from "node:assert/strict";
import type { CommandData } from "@/protocol/mod.ts";
import { type CommandState, isPending } from "@/islands/hooks/command_state.ts";
import { sendCommand } from "@/islands/hooks/send_command.ts";
import { Socket } from "@/islands/hooks/socket.ts";
import { toldHere } from "@/islands/hooks/told_here.ts";
import { within } from "@/tests/harness/wait.ts";

const STOP = { action: "stop", force: true } as const;

/** A server that keeps the commands that it gets, and does with each what `answer` says. */
class CommandServer implements AsyncDisposable {
  readonly commands: CommandData[] = [];
  readonly #answer: (socket: WebSocket, command: CommandData) => void;
  readonly #server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => {
      const command = JSON.parse(data).data;
      this.commands.push(command);
      this.#answer(socket, command);
    };
    return response;
  });

  constructor(answer: (socket: WebSocket, command: CommandData) => void) {
    this.#answer = answer;
  }

  /** A socket that is live. */
  async socket(delay = 1): Promise<Socket> {
    const address = `127.0.0.1:${this.#server.addr.port}`;
    const options = { check: `http://${address}/`, delay: () => delay };
    const socket = new Socket(`ws://${address}/`, options);
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = socket.watch(({ kind }) => kind === "live" && resolve());
    await within(10_000, "the socket", promise).finally(stop);
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const say = (socket: WebSocket, type: string, data: object) =>
  socket.send(JSON.stringify({ type, timestamp: "", data }));
const done = (socket: WebSocket, { requestId }: CommandData) =>
  say(socket, "response", { requestId, success: true, message: "It is off." });

/** Sends it and waits for its end; returns all that was told of it. */
async function outcome(socket: Socket, latest?: number): Promise<CommandState[]> {
  const told: CommandState[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = sendCommand(socket, STOP, (command) => {
    told.push(command);
    if (!isPending(command)) resolve();
  }, latest);
  await within(10_000, "the end of a command", promise).finally(forget);
  socket.close();
  return told;
}
const words = (told: CommandState[]) => told.map(({ phase, message }) => [phase, message]);

Deno.test("sendCommand sends it once, and tells what becomes of it", async () => {
  await using server = new CommandServer((socket, command) => {
    const { requestId, action } = command;
    say(socket, "progress", { requestId, action, state: "running", message: "Stopping." });
    done(socket, command);
  });
  const told = await outcome(await server.socket());
  assert.deepEqual(words(told), [["sent", ""], ["running", "Stopping."], ["done", "It is off."]]);
  const [{ requestId }] = told as [CommandState];
  assert.deepEqual(server.commands, [{ ...STOP, requestId }]);
});

Deno.test("sendCommand asks again by the same id when the connection is lost before the answer", async () => {
  await using server = new CommandServer((socket, command) => {
    if (server.commands.length < 3) socket.close(1001);
    else done(socket, command);
  });
  const told = await outcome(await server.socket());
  assert.deepEqual(server.commands, Array(3).fill(server.commands[0]));
  const phases = told.map(({ phase }) => phase);
  assert.deepEqual([...new Set(phases)], ["sent", "done"]);
  assert.equal(told.at(-1)!.message, "It is off.");
  assert.match(told[1]!.message, /connection was lost/);
});

Deno.test("sendCommand sends nothing again when it was given too long ago", async () => {
  const { now } = Date;
  try {
    await using server = new CommandServer((socket) => {
      // The computer sleeps.
      Date.now = () => now() + 120_000;
      socket.close(1001);
    });
    const told = await outcome(await server.socket());
    assert.equal(told.at(-1)!.phase, "failed");
    assert.equal(server.commands.length, 1);
  } finally {
    Date.now = now;
  }
});

Deno.test("sendCommand gives up when the connection does not come back in time", async () => {
  await using server = new CommandServer((socket) => socket.close(1001));
  const told = await outcome(await server.socket(3_600_000), 200);
  assert.deepEqual(told.map(({ phase }) => phase), ["sent", "sent", "failed"]);
  assert.match(told.at(-1)!.message, /lost before the answer/);
});

Deno.test("sendCommand fails at once when its socket has ended for good", async () => {
  await using server = new CommandServer((socket) => socket.close(4404, "The VM is gone."));
  const told = await outcome(await server.socket());
  assert.match(told.at(-1)!.message, /lost before the answer/);
  assert.equal(server.commands.length, 1);
});

Deno.test("sendCommand tells nothing more when it is told to stop, which leaves it to notices", async () => {
  const answered = Promise.withResolvers<void>();
  await using server = new CommandServer((socket, command) => {
    done(socket, command);
    answered.resolve();
  });
  const socket = await server.socket();
  const told: CommandState[] = [];
  const forget = sendCommand(socket, STOP, (command) => told.push(command));
  const { requestId } = told[0]!;
  assert.ok(toldHere.has(requestId));
  forget();
  await within(10_000, "the command", answered.promise);
  assert.deepEqual(words(told), [["sent", ""]]);
  assert.ok(!toldHere.has(requestId));
  socket.close();
});
