import type { BootedRoot } from "./booted_root.ts";
import { TestSocket } from "./socket.ts";

/** virtglass.service of a booted root: as its systemd sees it, and as clients do. */
export class BootedService {
  readonly #machine: BootedRoot;
  readonly #url: string;

  constructor(machine: BootedRoot, url: string) {
    this.#machine = machine;
    this.#url = url;
  }

  /** A property as `systemctl show` has it. */
  async property(name: string): Promise<string> {
    const args = ["show", `--property=${name}`, "--value", "virtglass"];
    return (await this.#machine.run("systemctl", ...args)).trim();
  }

  /** Who the server runs as. */
  async user(): Promise<string> {
    const pid = await this.property("MainPID");
    return (await this.#machine.run("stat", "--format=%U", `/proc/${pid}`)).trim();
  }

  async answers(path: string): Promise<boolean> {
    const response = await fetch(this.#url + path);
    await response.body?.cancel();
    return response.ok;
  }

  /** Signs in, and opens a socket. */
  async watch(username: string, password: string): Promise<TestSocket> {
    const response = await fetch(`${this.#url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
    const { token } = await response.json();
    const url = `${this.#url.replace("http", "ws")}/ws/events?token=${token}`;
    return await TestSocket.open(new URL(url));
  }
}
