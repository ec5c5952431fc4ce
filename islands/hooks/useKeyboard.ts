import { useState } from "preact/hooks";
import { askServer } from "@/islands/hooks/ask_server.ts";
import type { Keys } from "@/protocol/mod.ts";

/** Presses keys on a VM's keyboard. */
export function useKeyboard(vm: string): {
  /** What was pressed last. */
  pressed: Keys | null;
  /** Why the last attempt failed, in words. */
  problem: string | null;
  press(keys: Keys): Promise<void>;
  forgetProblem(): void;
} {
  const [pressed, setPressed] = useState<Keys | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    pressed,
    problem,
    forgetProblem: () => setProblem(null),
    async press(keys) {
      setPressed(null);
      setProblem(null);
      try {
        await askServer("POST", `/api/v1/vms/${encodeURIComponent(vm)}/keys`, { keys });
        setPressed(keys);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
