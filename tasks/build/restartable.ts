import { kill, spawnDeno } from "./run_to_end.ts";

/** A program that is started anew when its code has changed. One that fails waits for the next change. */
export class Restartable {
  readonly #spawn: () => Deno.ChildProcess;
  #child: Deno.ChildProcess;

  constructor(...given: Parameters<typeof spawnDeno>) {
    this.#spawn = () => spawnDeno(...given);
    this.#child = this.#spawn();
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#child = this.#spawn();
  }

  /** Asks the program to end, and returns its exit code. */
  async stop(): Promise<number> {
    kill(this.#child, "SIGTERM");
    return (await this.#child.status).code;
  }
}
