import type { ConsoleViewer } from "@/protocol/mod.ts";
import type { Presence, Size, Viewer } from "./viewer.ts";

/** One who looks, and what it does not know yet. */
interface Attendee {
  readonly id: string;
  readonly since: string;
  unaware: { presence: boolean; size: boolean };
}

/**
 * Who looks at one console, in order of arrival, and the size of the terminal that answers its guest.
 * Nothing is queued for a viewer: one that is not ready is told later, and only what is true then.
 */
export class Attendance {
  readonly #viewers = new Map<Viewer, Attendee>();
  #size: { of: Viewer; size: Size } | null = null;
  #next = 1;
  /** Told to the viewers along with the others. */
  recording = false;

  get count(): number {
    return this.#viewers.size;
  }

  /** Of the responder's terminal, as far as it was told. */
  get size(): Size | null {
    return this.#size !== null && this.#size.of === this.responder ? this.#size.size : null;
  }

  /** Who may answer the guest's questions to a terminal: whoever may type and was there first. */
  get responder(): Viewer | null {
    for (const viewer of this.#viewers.keys()) if (!viewer.readOnly) return viewer;
    return null;
  }

  add(viewer: Viewer): string {
    const id = String(this.#next++);
    const unaware = { presence: true, size: true };
    this.#viewers.set(viewer, { id, since: new Date().toISOString(), unaware });
    return id;
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    if (this.#size?.of === viewer) this.#size = null;
  }

  presence(): Presence {
    const viewers = [...this.#viewers].map((
      [{ user, readOnly }, { id, since }],
    ): ConsoleViewer => ({
      id,
      user,
      readOnly,
      since,
    }));
    const responder = viewers.find(({ readOnly }) => !readOnly)?.id ?? null;
    return { viewers, responder, recording: this.recording };
  }

  /** Has `tell` tell everyone who is there. */
  announce(): void {
    for (const { unaware } of this.#viewers.values()) unaware.presence = true;
  }

  /** Has `tell` pass the size of the responder's terminal on; anybody else's is not asked for. */
  resized(viewer: Viewer, size: Size): void {
    if (viewer !== this.responder) return;
    this.#size = { of: viewer, size };
    for (const { unaware } of this.#viewers.values()) unaware.size = true;
  }

  /** Tells everyone what it does not know yet; false when somebody was not ready for that. */
  tell(): boolean {
    const { responder, size } = this;
    let presence: Presence | null = null;
    let all = true;
    for (const [viewer, attendee] of this.#viewers) {
      const { unaware } = attendee;
      if (!unaware.presence && !unaware.size) continue;
      if (!viewer.ready) {
        all = false;
        continue;
      }
      attendee.unaware = { presence: false, size: false };
      // First, since a size belongs to the responder of whom it tells.
      if (unaware.presence) viewer.presence(presence ??= this.presence());
      if (unaware.size && size && viewer !== responder) viewer.resized(size.columns, size.rows);
    }
    return all;
  }
}
