import { useState } from "preact/hooks";
import { askServer } from "@/islands/hooks/ask_server.ts";
import type { Recording } from "@/protocol/mod.ts";

/** Starts and stops the recording of a VM's console; whether one runs is told by the console. */
export function useRecording(vm: string): {
  busy: boolean;
  /** Why the last attempt failed, in words. */
  problem: string | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  forgetProblem(): void;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ofVM = `/api/v1/vms/${encodeURIComponent(vm)}/recordings`;

  const attempt = async (what: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    forgetProblem: () => setProblem(null),
    start: () => attempt(() => askServer("POST", ofVM)),
    stop: () =>
      attempt(async () => {
        // Whichever runs: the one started here may have ended, and somebody else's begun.
        const id = running(await askServer<Recording[]>("GET", ofVM));
        if (id !== null) {
          await askServer("POST", `/api/v1/recordings/${encodeURIComponent(id)}/stop`);
        }
      }),
  };
}

function running(recordings: Recording[]): string | null {
  return recordings.find(({ endedAt }) => endedAt === null)?.id ?? null;
}
