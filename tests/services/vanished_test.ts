import assert from "node:assert/strict";
import { run } from "@/cli/run.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { otherProcess } from "./other_process.ts";
import { SocketHost } from "./socket_host.ts";

const root = Deno.uid() === 0;
if (!root) console.log("skipped: a client whose network vanishes: it takes root");

/** Milliseconds in which what a vanished client holds must be free. */
const FREED = 35_000;
const NAMESPACE = `vg-gone-${Deno.pid}`;
const LINK = `vg${Deno.pid}`;
const [HERE, THERE] = ["10.203.77.1", "10.203.77.2"];

/** A network of its own for a client, behind a link that can be cut. */
class Network implements AsyncDisposable {
  static async start(): Promise<Network> {
    const network = new Network();
    try {
      await run("ip", ["netns", "add", NAMESPACE]);
      await run("ip", ["link", "add", LINK, "type", "veth", "peer", "vgp", "netns", NAMESPACE]);
      await run("ip", ["address", "add", `${HERE}/30`, "dev", LINK]);
      await run("ip", ["link", "set", LINK, "up"]);
      await network.run(["ip", "address", "add", `${THERE}/30`, "dev", "vgp"]);
      await network.run(["ip", "link", "set", "vgp", "up"]);
      return network;
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
  }

  run(command: string[]): Promise<string> {
    return run("ip", ["netns", "exec", NAMESPACE, ...command]);
  }

  /** Neither side hears of it: what is sent goes nowhere. */
  async cut(): Promise<void> {
    await this.run(["ip", "link", "set", "vgp", "down"]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("ip", ["netns", "delete", NAMESPACE]).catch(() => {});
    await run("ip", ["link", "delete", LINK]).catch(() => {});
  }
}

/** A client that beats as it should, until something befalls it. */
const client = (url: URL) => `
  const socket = new WebSocket(${JSON.stringify(url.href)});
  const beat = () => socket.send(JSON.stringify({ type: "heartbeat", data: {} }));
  socket.onopen = () => {
    beat();
    setInterval(beat, 15_000);
    console.log("open");
  };
`;

Deno.test("a client that vanishes without a word is let go within 35 s", async () => {
  await using network = root ? await Network.start() : null;
  await using host = await SocketHost.start({ hostname: network ? HERE : "127.0.0.1" });
  const { services } = host;
  const session = await host.user("alice", "viewer");
  const frozen = otherProcess(client(host.url("/ws/vms/test", session)));
  const cutOff = otherProcess(
    client(host.url("/ws/events", session)),
    network ? ["ip", "netns", "exec", NAMESPACE] : [],
  );
  await using _one = frozen;
  await using _two = cutOff;
  assert.deepEqual(await Promise.all([frozen.said, cutOff.said]), ["open", "open"]);
  assert.equal(services.sockets.size, 2);
  frozen.freeze();
  if (network) await network.cut();
  else cutOff.freeze();
  const held = descriptors();
  await eventually(() => services.sockets.size === 0, {
    for: "both sockets to be counted out",
    deadline: FREED,
    every: 100,
  });
  assert.equal(services.hub.count().subscriptions, 0);
  // Deno has let both connections go as well: nobody waits for the kernel to give them up.
  await eventually(() => descriptors() <= held - 2, { for: "both connections to be closed" });
});

const descriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;
