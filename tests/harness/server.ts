import { LoggedIn, type Role } from "@/protocol/mod.ts";
import { delivered } from "@/tasks/build/delivered.ts";
import { kill } from "@/tasks/build/run_to_end.ts";
import { run } from "@/cli/run.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { built } from "./built.ts";
import { TestConsole } from "./console.ts";
import { dataDirWithAdmin, emptyDataDir } from "./data_dir.ts";
import { TestSocket } from "./socket.ts";
import { within } from "./wait.ts";

/** The program under test: the executable that VIRTGLASS_BIN names, or what this checkout delivers. */
export const PROGRAM: readonly string[] = Deno.env.has("VIRTGLASS_BIN")
  ? [Deno.env.get("VIRTGLASS_BIN")!]
  : [Deno.execPath(), ...delivered()];

if (!Deno.env.has("VIRTGLASS_BIN")) await built();

/** Runs `virtglass ARGS` to its end. Throws CommandFailed. */
export async function virtglass(args: string[], stdin?: string): Promise<string> {
  const [program, ...rest] = PROGRAM;
  return await run(program!, [...rest, ...args], stdin === undefined ? {} : { stdin });
}

export interface ServerOptions {
  /** libvirt's URI. */
  connect: string;
  /** Further arguments of `serve`. */
  args?: string[];
  /** Where it listens; a free port of loopback without it. */
  listen?: string;
  /** A certificate to trust, PEM; the server's own, which it makes itself, without it. */
  trust?: string;
  env?: Record<string, string>;
  /** The data folder of a server that has ended, which stays its own; a new one without it. */
  dataDir?: string;
  /** False leaves a new data folder without any user. */
  admin?: boolean;
  /** Further options of setpriv(1), which starts it, such as "--bounding-set=-all". */
  privileges?: string[];
  /** A program that starts it, with its arguments. */
  starter?: readonly string[];
}

/** What the server wrote to its log: a JSON object a line. */
export type LogLine = Record<string, unknown> & { message?: string };

export const ADMIN = { username: "admin", password: "correct horse 42" };

/** A virtglass server in a process of its own, with an admin who is signed in. */
export class Server implements AsyncDisposable {
  /** Without a slash at its end. */
  url = "";
  /** The admin's access token. */
  token = "";
  readonly logs: LogLine[] = [];
  readonly dataDir: string;
  readonly #process: Deno.ChildProcess;
  readonly #listening = Promise.withResolvers<string>();
  readonly #read: Promise<unknown>;
  /** Whether the folder goes with this server. */
  readonly #ownsDataDir: boolean;
  #stopped = false;
  /** Trusts the server's certificate, where it has one. */
  #client: Deno.HttpClient | null = null;

  private constructor(dataDir: string, options: ServerOptions) {
    const { connect, args = [], env = {}, listen = "127.0.0.1:0" } = options;
    const { privileges = [], starter = [] } = options;
    this.dataDir = dataDir;
    this.#ownsDataDir = options.dataDir === undefined;
    // Dies with the test's thread, also when that is killed.
    this.#process = new Deno.Command("setpriv", {
      args: [
        ...["--pdeathsig", "KILL", ...privileges, ...starter, ...PROGRAM],
        ...["serve", "--connect", connect, "--listen", listen],
        ...["--data-dir", dataDir, "--log-format", "json", ...args],
      ],
      env,
      stdin: "null",
      stdout: "inherit",
      stderr: "piped",
    }).spawn();
    // A server that ends early is `start`'s to tell, when it gets there.
    this.#listening.promise.catch(() => {});
    this.#read = this.#readLogs();
  }

  static async start(options: ServerOptions): Promise<Server> {
    const { admin = true } = options;
    const dataDir = options.dataDir ??
      await (admin ? dataDirWithAdmin(ADMIN.username, ADMIN.password) : emptyDataDir());
    const server = new Server(dataDir, options);
    try {
      server.url = await within(20_000, "the server to listen", server.#listening.promise);
      // It names this machine, which not every machine knows itself by.
      if (options.listen?.startsWith("0.0.0.0:")) {
        server.url = server.url.replace(/\/\/.*:/, "//127.0.0.1:");
      }
      if (server.url.startsWith("https:")) server.#trust(options.trust);
      if (admin) server.token = (await server.login(ADMIN.username, ADMIN.password)).token;
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  #trust(pem = Deno.readTextFileSync(`${this.dataDir}/tls/cert.pem`)): void {
    this.#client = Deno.createHttpClient({ caCerts: [pem] });
  }

  get pid(): number {
    return this.#process.pid;
  }

  async login(username: string, password: string): Promise<LoggedIn> {
    const response = await this.fetch("/api/v1/auth/login", {
      token: null,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
    if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`);
    return LoggedIn.parse(await response.json());
  }

  /** Adds a user and signs in; returns the access token. */
  async user(name: string, role: Role): Promise<string> {
    await addUser(this.dataDir, name, role, ADMIN.password);
    return (await this.login(name, ADMIN.password)).token;
  }

  /** As fetch, for a path of this server, as the admin; `token: null` asks without any. */
  async fetch(
    path: string,
    { token = this.token, ...init }: RequestInit & { token?: string | null } = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return await fetch(`${this.url}${path}`, {
      redirect: "manual",
      ...(this.#client === null ? {} : { client: this.#client }),
      ...init,
      headers,
    });
  }

  /** The body of a GET that must succeed. */
  async json(path: string): Promise<unknown> {
    const response = await this.fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }

  /** An open WebSocket as the admin, its token in the query. */
  async socket(path: string, { token = this.token }: { token?: string } = {}): Promise<TestSocket> {
    return await TestSocket.open(this.#socketURL(path, token), this.#client);
  }

  /** A viewer of this VM's console over the binary subprotocol; `position` is where to go on. */
  async console(
    vm: string,
    { token = this.token, position = "" }: { token?: string; position?: string } = {},
  ): Promise<TestConsole> {
    return await TestConsole.open(this.#socketURL(`/ws/vms/${vm}/console?${position}`, token));
  }

  #socketURL(path: string, token: string): URL {
    const url = new URL(`${this.url.replace("http", "ws")}${path}`);
    url.searchParams.set("token", token);
    return url;
  }

  /** SIGTERM; returns the exit code and how long the end took in ms. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<{ code: number; took: number }> {
    this.#stopped = true;
    const begin = performance.now();
    kill(this.#process, signal);
    const { code } = await within(10_000, "the server to end", this.#process.status);
    return { code, took: performance.now() - begin };
  }

  async #readLogs(): Promise<void> {
    const lines = this.#process.stderr.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) {
      const entry = logLine(line);
      this.logs.push(entry);
      if (typeof entry.url === "string") this.#listening.resolve(entry.url.replace(/\/$/, ""));
    }
    this.#listening.reject(new Error(`the server ended:\n${JSON.stringify(this.logs, null, 1)}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#stopped) await this.stop();
    await this.#process.status;
    await this.#read;
    this.#client?.close();
    if (this.#ownsDataDir) await Deno.remove(this.dataDir, { recursive: true });
  }
}

async function addUser(dataDir: string, name: string, role: Role, password: string) {
  await virtglass(
    ["user", "add", name, "--role", role, "--password-stdin", "--data-dir", dataDir],
    password,
  );
}

/** Anything that is no JSON, such as a crash, is kept as its message. */
function logLine(line: string): LogLine {
  try {
    const entry = JSON.parse(line);
    return entry?.properties ? { ...entry, ...entry.properties } : entry;
  } catch {
    return { message: line };
  }
}
