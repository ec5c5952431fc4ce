import type { ConsoleViewer } from "@/protocol/mod.ts";
import type { Presence, Viewer } from "./viewer.ts";

/** Who looks at one console, in order of arrival. */
export class Attendance {
  readonly #viewers = new Map<Viewer, { id: string; since: string }>();
  #next = 1;
  /** Told to the viewers along with the others. */
  recording = false;

  get size(): number {
    return this.#viewers.size;
  }

  add(viewer: Viewer): string {
    const id = String(this.#next++);
    this.#viewers.set(viewer, { id, since: new Date().toISOString() });
    return id;
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Who may answer the guest's questions to a terminal: whoever may type and was there first. */
  get responder(): Viewer | null {
    for (const viewer of this.#viewers.keys()) if (!viewer.readOnly) return viewer;
    return null;
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

  /** Tells everyone who is there. */
  announce(): void {
    const presence = this.presence();
    for (const viewer of this.#viewers.keys()) viewer.presence(presence);
  }
}
