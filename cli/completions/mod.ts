import { COMMANDS } from "../commands.ts";
import type { Arguments } from "../arguments.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { zsh } from "./zsh.ts";

export const SHELLS = { bash, zsh, fish } as const;

/** `virtglass completions SHELL`. */
export function completions({ positionals: [shell] }: Arguments): void {
  console.log(SHELLS[shell as keyof typeof SHELLS](COMMANDS).trimEnd());
}
