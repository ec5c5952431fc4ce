import type { Attachment, Presence, Viewer } from "@/services/consoles/mod.ts";

/** A viewer of a console that writes down what it is told; takes as many pieces of output as `room` says. */
export class ViewerNotes implements Viewer {
  readonly user: string;
  readOnly: boolean;
  room = Infinity;
  readonly told: string[] = [];

  constructor(user = "alice", { readOnly = false } = {}) {
    this.user = user;
    this.readOnly = readOnly;
  }

  get ready(): boolean {
    return this.room > 0;
  }

  /** What it was told since this was asked last. */
  news(): string[] {
    return this.told.splice(0);
  }

  attached({ streamId, offset, size }: Attachment): void {
    this.told.push(`attached ${streamId} ${offset} ${size}`);
  }

  output({ bytes }: { bytes: Uint8Array }): void {
    this.room--;
    this.told.push(new TextDecoder().decode(bytes));
  }

  gap(from: number, to: number): void {
    this.told.push(`gap ${from} ${to}`);
  }

  ended(reason: string): void {
    this.told.push(`ended ${reason}`);
  }

  refused({ code }: { code: string }): void {
    this.told.push(`refused ${code}`);
  }

  presence({ viewers, responder, recording }: Presence): void {
    const all = viewers.map(({ id, user, readOnly }) => `${id} ${user}${readOnly ? " reads" : ""}`);
    this.told.push(`there ${all.join(", ")}; ${responder} answers${recording ? "; recorded" : ""}`);
  }

  resized(columns: number, rows: number): void {
    this.told.push(`size ${columns}x${rows}`);
  }
}
