import { COMMAND_LINE } from "@/services/identity/actor.ts";
import type { Role } from "@/protocol/mod.ts";
import type { Services, Session } from "@/services/mod.ts";
import { Connections } from "@/services/network/connections.ts";
import { Proxies } from "@/services/network/proxies.ts";
import {
  type Caller,
  openConsoleSocket,
  openEventsSocket,
  openVMSocket,
} from "@/services/sockets/mod.ts";
import { TestSocket } from "@/tests/harness/socket.ts";
import { TestHost } from "./test_host.ts";

const PASSWORD = "correct horse 42";

/** The services with their sockets on a real port, in this process: what they hold can be seen. */
export class SocketHost implements AsyncDisposable {
  readonly #host: TestHost;
  readonly #connections = new Connections(new Proxies(), 512);
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** By the text that a client shows. */
  readonly #sessions = new Map<string, Session>();
  /** Done once, when the next socket has been let in and its client has not been answered yet. */
  meanwhile: (() => Promise<void>) | null = null;

  private constructor(host: TestHost, hostname: string) {
    this.#host = host;
    this.#server = Deno.serve({ hostname, port: 0, onListen() {} }, async (request, info) => {
      const { pathname, searchParams } = new URL(request.url);
      const session = this.#sessions.get(searchParams.get("session") ?? "")!;
      const connection = this.#connections.request(info);
      const peer = { request, connection, address: info.remoteAddr.hostname };
      const caller = { session, peer };
      const answer = open(this.services, caller, pathname);
      const { meanwhile } = this;
      this.meanwhile = null;
      await meanwhile?.();
      return answer;
    });
    this.#connections.at(this.#server.addr.port);
    this.#connections.watch();
  }

  /** @param flags settings of `serve` */
  static async start(
    { flags = {}, hostname = "127.0.0.1" }: {
      flags?: Record<string, string>;
      hostname?: string;
    } = {},
  ): Promise<SocketHost> {
    return new SocketHost(await TestHost.start({ flags }), hostname);
  }

  get services(): Services {
    return this.#host.services;
  }

  get dataDir(): string {
    return this.#host.dataDir;
  }

  /** Adds a user and signs in. */
  async user(name: string, role: Role): Promise<Session> {
    await this.services.gate.users.add(name, role, PASSWORD, COMMAND_LINE);
    return (await this.services.gate.sessions.fromToken(await this.token(name)))!;
  }

  /** A new access token of a user. */
  async token(name: string): Promise<string> {
    return (await this.services.gate.sessions.login(name, PASSWORD)).token;
  }

  /** Where a client of this session connects to. */
  url(path: string, session: Session): URL {
    const key = crypto.randomUUID();
    this.#sessions.set(key, session);
    const { hostname, port } = this.#server.addr;
    return new URL(`ws://${hostname}:${port}${path}?session=${key}`);
  }

  open(path: string, session: Session): Promise<TestSocket> {
    return TestSocket.open(this.url(path, session));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.services.sockets.stop(1_000);
    this.#connections[Symbol.dispose]();
    await this.#server.shutdown();
    await this.#host[Symbol.asyncDispose]();
  }
}

function open(services: Services, caller: Caller, path: string): Response {
  if (path === "/ws/events") return openEventsSocket(services, caller);
  if (path.endsWith("/console")) return openConsoleSocket(services, caller, "test");
  return openVMSocket(services, caller, "test");
}
