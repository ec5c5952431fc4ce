import assert from "node:assert/strict";
import { borrow, socketAddress } from "@/islands/hooks/shared_socket.ts";
import { within } from "@/tests/harness/wait.ts";

Deno.test("borrow opens one socket for all who ask for its path, and closes it with the last", async () => {
  const closed = Promise.withResolvers<void>();
  const opened: string[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => {
      opened.push(new URL(request.url).pathname);
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onclose = () => closed.resolve();
      return response;
    },
  );
  Object.assign(globalThis, {
    location: { href: `http://127.0.0.1:${server.addr.port}/vms/web1` },
  });
  try {
    const first = borrow("/ws/events", "/api/v1/host");
    const second = borrow("/ws/events", "/api/v1/host");
    assert.equal(second.socket, first.socket);
    await within(
      10_000,
      "the socket",
      new Promise<void>((resolve) =>
        first.socket.watch(({ kind }) => kind === "live" && resolve())
      ),
    );
    first.release();
    assert.equal(second.socket.link.kind, "live");
    second.release();
    assert.equal(second.socket.link.kind, "ended");
    await within(10_000, "the end of the socket", closed.promise);
    assert.deepEqual(opened, ["/ws/events"]);

    const third = borrow("/ws/events", "/api/v1/host");
    assert.notEqual(third.socket, first.socket);
    third.release();
  } finally {
    Reflect.deleteProperty(globalThis, "location");
  }
});

Deno.test("socketAddress is of the page's server, and as safe as the page", () => {
  for (
    const [href, address] of [
      ["http://127.0.0.1:8480/vms/web1?range=1h", "ws://127.0.0.1:8480/ws/events"],
      ["https://kvm1.example/", "wss://kvm1.example/ws/events"],
    ] as const
  ) {
    Object.assign(globalThis, { location: { href } });
    assert.equal(socketAddress("/ws/events"), address);
  }
  Reflect.deleteProperty(globalThis, "location");
});
