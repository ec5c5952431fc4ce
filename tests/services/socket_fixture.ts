import { Audit } from "@/services/audit/mod.ts";
import { configOf } from "@/services/config/settings.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { type Session, Sessions } from "@/services/identity/sessions.ts";
import { Tokens } from "@/services/identity/tokens.ts";
import { Users } from "@/services/identity/users.ts";
import { Limits } from "@/services/limits/mod.ts";
import { Connections } from "@/services/network/connections.ts";
import { Proxies } from "@/services/network/proxies.ts";
import { ClientSocket, type SocketHandler } from "@/services/sockets/socket.ts";
import { Store } from "@/services/store/mod.ts";
import type { Role } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { RawSocket } from "@/tests/harness/raw_socket.ts";
import { quickHashes } from "./quick_hashes.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const PASSWORD = "correct horse";
const NOTHING = { accepts: z.never(), opened() {}, received() {}, closed() {} };

/** Serves sockets with this handler to one user, "alice". */
export class SocketFixture implements AsyncDisposable {
  readonly users: Users;
  readonly #folder = temporaryFolder();
  readonly #store = new Store(this.#folder.path);
  readonly #audit = new Audit(this.#store, this.#folder.path, 365);
  readonly #sessions: Sessions;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(
    handler: Partial<SocketHandler<z.ZodMiniType>>,
    permitted: (session: Session) => boolean,
  ) {
    this.users = new Users(this.#store, this.#audit, quickHashes());
    const sessions = new Sessions(
      this.#store,
      this.users,
      new Tokens(this.#folder.path),
      this.#audit,
    );
    this.#sessions = sessions;
    const limits = new Limits(configOf({}));
    const connections = new Connections(new Proxies(), 512);
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request, info) => {
        const connection = connections.request(info);
        const { token } = await sessions.login("alice", PASSWORD);
        const session = (await sessions.fromToken(token))!;
        const { protocol } = handler;
        const { socket, response } = Deno.upgradeWebSocket(request, protocol ? { protocol } : {});
        const surroundings = { sessions, limits, address: "here", connection, permitted };
        new ClientSocket(socket, session, { ...NOTHING, ...handler }, surroundings);
        return response;
      },
    );
  }

  static async start(
    handler: Partial<SocketHandler<z.ZodMiniType>>,
    permitted: (session: Session) => boolean = () => true,
  ): Promise<SocketFixture> {
    const fixture = new SocketFixture(handler, permitted);
    await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
    return fixture;
  }

  open(headers: Record<string, string> = {}): Promise<RawSocket> {
    return RawSocket.open(`ws://127.0.0.1:${this.#server.addr.port}/`, headers);
  }

  /** As `virtglass user` does from another process: over a connection of its own. */
  changeRole(role: Role): void {
    using store = new Store(this.#folder.path);
    store.run("UPDATE users SET role = ?", role);
    // Somebody asks, so that it is known before the next message comes.
    this.#sessions.changedSince({});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    this.#audit[Symbol.dispose]();
    this.#store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}
