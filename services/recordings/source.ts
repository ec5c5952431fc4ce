import type { ConsoleTap } from "../consoles/tap.ts";
import type { VMRecord } from "../vms/mod.ts";

/** The consoles, as far as recordings need them. */
export interface ConsoleSource {
  /** Hears the VM's console, and keeps it open, until it is disposed. */
  tap(record: VMRecord, tap: ConsoleTap): Disposable;
  /** The size of the terminal that answers the guest; null when nobody has told it. */
  size(uuid: string): { columns: number; rows: number } | null;
  /** Says to everyone who looks at the console whether it is recorded. */
  setRecording(uuid: string, on: boolean): void;
}
