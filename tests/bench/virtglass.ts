import { delivered } from "@/tasks/build/delivered.ts";
import { eventually } from "../harness/wait.ts";
import { freePort } from "./port.ts";
import { Program, run } from "./program.ts";

const NAME = "bench";
const PASSWORD = "correct horse battery staple";

/** A data folder with one admin in it, to start servers on. */
export async function makeDataDir(folder: string): Promise<string> {
  const dataDir = await Deno.makeTempDir({ dir: folder, prefix: "data-" });
  const args = ["user", "add", NAME, "--role", "admin", "--password-stdin", "--data-dir", dataDir];
  await run(Deno.execPath(), delivered(...args), `${PASSWORD}\n`);
  return dataDir;
}

/** What is measured is the server, not what it allows one client. */
const UNLIMITED = [
  "sockets-per-user",
  "sockets-per-address",
  "connections-per-address",
  "requests",
  "messages",
]
  .flatMap((name) => [`--limits-${name}`, "1000000"]);

/** What `virtglass` is told to serve `uri` on `port`. */
export const serveArguments = (uri: string, port: number, dataDir: string, ...flags: string[]) => [
  "serve",
  ...["--connect", uri, "--listen", `127.0.0.1:${port}`, "--data-dir", dataDir],
  ...["--log-format", "json", ...flags],
];

/** Deno's arguments for that: what `deno task build` left, as it is delivered. */
export const serveCommand = (...given: Parameters<typeof serveArguments>) =>
  delivered(...serveArguments(...given));

/** A running server. Disposing ends it. */
export class Virtglass implements AsyncDisposable {
  readonly #program: Program;
  readonly port: number;
  readonly url: string;

  private constructor(program: Program, port: number) {
    this.#program = program;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts one and waits until it has reached libvirt. */
  static async start(uri: string, dataDir: string, ...flags: string[]): Promise<Virtglass> {
    const port = freePort();
    return await Virtglass.#ready(
      new Program(Deno.execPath(), serveCommand(uri, port, dataDir, ...UNLIMITED, ...flags)),
      port,
    );
  }

  /** The same of an executable. */
  static async execute(executable: string, uri: string, dataDir: string): Promise<Virtglass> {
    const port = freePort();
    const program = new Program(executable, serveArguments(uri, port, dataDir, ...UNLIMITED));
    return await Virtglass.#ready(program, port);
  }

  static async #ready(program: Program, port: number): Promise<Virtglass> {
    const server = new Virtglass(program, port);
    try {
      const waiting = { for: "the server to be ready", deadline: 20_000 };
      await eventually(() => server.#isReady(), waiting);
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** An access token, for sockets and REST. */
  async token(): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: NAME, password: PASSWORD }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`cannot sign in: ${JSON.stringify(answer)}`);
    return answer.token;
  }

  /** A browser session's cookie, as a `Cookie` header. It outlives the server, as the store does. */
  async cookie(): Promise<string> {
    const response = await fetch(`${this.url}/login`, {
      method: "POST",
      headers: { origin: this.url },
      body: new URLSearchParams({ username: NAME, password: PASSWORD }),
      redirect: "manual",
    });
    await response.body?.cancel();
    const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
    if (!cookie) throw new Error(`the sign-in page set no cookie: HTTP ${response.status}`);
    return cookie;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#program[Symbol.asyncDispose]();
  }

  async #isReady(): Promise<boolean> {
    if (this.#program.ended) throw await this.#program.failure();
    try {
      const response = await fetch(`${this.url}/readyz`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}
