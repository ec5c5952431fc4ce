/** The browser's sockets without its page: by tokens, as another program or another face would. */
import assert from "node:assert/strict";
import { byToken } from "@/islands/hooks/by_token.ts";
import { EventsFeed } from "@/islands/hooks/events_feed.ts";
import { ConsoleClient, type ConsoleState } from "@/islands/hooks/console_client.ts";
import type { Link } from "@/islands/hooks/link.ts";
import type { Socket } from "@/islands/hooks/socket.ts";
import type { ServerMessage } from "@/protocol/mod.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { within } from "@/tests/harness/wait.ts";

/** Resolves with the first link for which `wanted` holds. */
function link(socket: Socket, wanted: (link: Link) => boolean): Promise<Link> {
  const { promise, resolve } = Promise.withResolvers<Link>();
  const stop = socket.watch((now) => wanted(now) && resolve(now));
  return within(10_000, "a link", promise).finally(stop);
}

/** The next message of this type. */
function next(socket: Socket, type: ServerMessage["type"]): Promise<ServerMessage> {
  const { promise, resolve } = Promise.withResolvers<ServerMessage>();
  const stop = socket.listen((message) => message.type === type && resolve(message));
  return within(10_000, `a message "${type}"`, promise).finally(stop);
}

Deno.test("the browser's sockets, by tokens, against a server that takes tickets only", async (t) => {
  await using server = await Server.start({
    connect: "test:///default",
    // As short as it can be: a socket hears of its end at once.
    args: ["--auth-query-token", "ticket", "--sessions-lifetime", "60"],
  });
  await using line = new LossyLine(server.url);
  const at = (path: string) => `${line.url.replace("http", "ws")}${path}`;
  const delay = () => 50;
  let signedIn = 0;
  const open = byToken(async () => {
    signedIn++;
    return (await server.login(ADMIN.username, ADMIN.password)).token;
  });

  await t.step("a feed comes back with a ticket of its own each time", async () => {
    const socket = open(() => at("/ws/events"), { check: `${server.url}/api/v1/host`, delay });
    const feed = new EventsFeed(socket);
    feed.follow(["vms"], () => {});
    for (let loss = 0; loss < 2; loss++) {
      await next(socket, "subscribed");
      line.cut();
    }
    await next(socket, "subscribed");
    feed.close();
    socket.close();
  });

  await t.step("a socket renews itself when its session is about to end", async () => {
    const before = signedIn;
    const socket = open(() => at("/ws/vms/test"), { check: `${server.url}/api/v1/vms/test` });
    const [warning, renewed] = await Promise.all([
      next(socket, "auth_expiring"),
      next(socket, "auth"),
    ]);
    const endOf = ({ data }: ServerMessage) => "expiresAt" in data && Date.parse(data.expiresAt);
    assert.ok(endOf(renewed) > endOf(warning));
    assert.equal(signedIn, before + 2);
    socket.close();
  });

  await t.step("a console says why there is none", async () => {
    const sink = { attached() {}, write() {}, gap() {}, eof() {} };
    const check = `${server.url}/api/v1/vms/test`;
    const client = new ConsoleClient(at("/ws/vms/test/console"), sink, { check, delay }, open);
    const { promise, resolve } = Promise.withResolvers<ConsoleState>();
    client.watch((now) => now.line.kind === "refused" && resolve(now));
    const { line } = await within(10_000, "a refusal", promise);
    assert.equal(line.kind === "refused" && line.code, "CONSOLE_UNAVAILABLE");
    client.close();
  });

  await t.step("what there is not, or for no good token, is not tried again", async () => {
    for (
      const [path, opened, code] of [
        ["/vms/none", open, 4404],
        ["/vms/test", byToken(() => Promise.resolve("nonsense")), 4401],
      ] as const
    ) {
      const socket = opened(() => at(`/ws${path}`), {
        check: `${server.url}/api/v1${path}`,
        delay: () => 3_600_000,
      });
      const over = await link(socket, ({ kind }) => kind === "ended");
      assert.equal(over.kind === "ended" && over.code, code);
    }
  });

  await t.step("a token that cannot be had is asked for again", async () => {
    let asked = 0;
    const later = byToken(async () => {
      if (++asked < 6) throw new Error("no network");
      return (await server.login(ADMIN.username, ADMIN.password)).token;
    });
    const socket = later(() => at("/ws/events"), { check: `${server.url}/api/v1/host`, delay });
    await link(socket, ({ kind }) => kind === "live");
    assert.ok(asked >= 6);
    socket.close();
  });
});
