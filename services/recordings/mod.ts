import type { Recording } from "@/protocol/mod.ts";
import { type Audit, type AuditEntry, ITSELF } from "@/services/audit/mod.ts";
import { GlassError } from "../errors.ts";
import type { Limits } from "../limits/mod.ts";
import { log } from "../log.ts";
import { APITokens } from "@/services/identity/api_tokens.ts";
import { demand, may, seenBy } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Store } from "@/services/store/mod.ts";
import { isActive, type VMChange, type VMRecord, type VMs } from "../vms/mod.ts";
import type { Header } from "./asciicast.ts";
import { Catalog } from "./catalog.ts";
import { RecordingFiles, type StoredCast } from "./files.ts";
import { excess, type Limits as Bounds } from "./limits.ts";
import { RunningRecording } from "./running.ts";
import type { ConsoleSource } from "./source.ts";

export type { StoredCast } from "./files.ts";
export type { ConsoleSource } from "./source.ts";

/** Who started a recording that nobody asked for. */
export const AUTOMATIC = ITSELF.user;

/** Milliseconds between two looks at the limits. */
const TIDY = 60_000;
/** Milliseconds that an end waits for the disk. */
const CLOSE_DEADLINE = 2_000;
/** What guests take a serial console for; on a smaller one their programs would be torn apart. */
const LEAST = { columns: 80, rows: 24 };

export interface RecordingsOptions extends Bounds {
  /** The folder of the files; made when the first one is. */
  folder: string;
  /** Record every console whose guest runs. */
  automatic: boolean;
  /** Record what is typed too. */
  input: boolean;
}

/** A recording that is being made, and what it hangs on. */
interface Running {
  recording: Recording;
  file: RunningRecording;
  tap: Disposable;
  /** Set by the first who ends it. */
  ending: Promise<void> | null;
}

/**
 * Recordings of consoles: one at a time for each VM, a file each, and what is known of them in the
 * store. A recording ends when somebody ends it, when it is full, or when it cannot be written; the
 * console goes on whatever becomes of it.
 */
export class Recordings implements AsyncDisposable {
  readonly #options: RecordingsOptions;
  readonly #vms: VMs;
  readonly #consoles: ConsoleSource;
  readonly #catalog: Catalog;
  readonly #files: RecordingFiles;
  readonly #limits: Pick<Limits, "command">;
  readonly #audit: Audit;
  /** By the VM's UUID. */
  readonly #running = new Map<string, Running>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #changes: Disposable;
  #stopping = false;

  constructor(
    options: RecordingsOptions,
    vms: VMs,
    consoles: ConsoleSource,
    store: Store,
    limits: Pick<Limits, "command">,
    audit: Audit,
  ) {
    this.#options = options;
    this.#vms = vms;
    this.#consoles = consoles;
    this.#catalog = new Catalog(store);
    this.#files = new RecordingFiles(options.folder);
    this.#limits = limits;
    this.#audit = audit;
    this.#recover();
    this.tidy();
    this.#timer = setInterval(() => this.#tidyAgain(), TIDY);
    Deno.unrefTimer(this.#timer);
    this.#changes = vms.onChange((change) => this.#changed(change));
  }

  /**
   * Starts one, also of a VM that does not run yet: it then begins with the first byte of the boot.
   * Counts as a command.
   *
   * @throws GlassError VM_NOT_FOUND, FORBIDDEN, CONFLICT when one runs, CONSOLE_UNAVAILABLE,
   * RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  start(session: Session, address: string, name: string): Recording {
    const record = this.#vms.find(session, name);
    const { user } = session;
    const entry = {
      ...about("recording.start", record.name, record.uuid, crypto.randomUUID()),
      ...by(session, address),
    };
    this.#audit.attempt(entry, () => this.#demandStart(session, record));
    this.#audit.write(entry);
    try {
      return this.#begin(record, entry.subject, user.name);
    } catch (error) {
      throw this.#audit.wentWrong(entry, error);
    }
  }

  #demandStart(session: Session, record: VMRecord): void {
    demand(session, "record", record, record.name);
    const running = this.#running.get(record.uuid);
    if (running) {
      throw new GlassError(
        "CONFLICT",
        `The console of VM "${record.name}" is being recorded already, since ${running.recording.startedAt} by ${running.recording.startedBy}.`,
      );
    }
    if (!record.definition.console) {
      throw new GlassError(
        "CONSOLE_UNAVAILABLE",
        `VM "${record.name}" has no serial console to record.`,
      );
    }
    this.#limits.command(session.user.name);
  }

  /**
   * Ends one; one that has ended stays as it is.
   *
   * @throws GlassError NOT_FOUND, FORBIDDEN or AUDIT_UNAVAILABLE
   */
  async stop(session: Session, address: string, id: string): Promise<Recording> {
    const { uuid, vm } = this.get(session, id);
    const { name } = session.user;
    const entry = {
      ...about("recording.stop", vm, uuid, id),
      ...by(session, address),
    };
    this.#audit.attempt(entry, () => demand(session, "record", { uuid }, vm));
    const running = this.#running.get(uuid);
    if (running?.recording.id === id && running.ending === null) {
      this.#audit.write({ ...entry, ...lengthOf(running) });
      running.ending = this.#close(running, `Stopped by ${name}.`);
    }
    await running?.ending;
    return this.get(session, id);
  }

  /** Removes one that has ended. @throws GlassError NOT_FOUND, FORBIDDEN, CONFLICT, AUDIT_UNAVAILABLE */
  async remove(session: Session, address: string, id: string): Promise<void> {
    const { uuid, vm } = this.get(session, id);
    const entry = {
      ...about("recording.delete", vm, uuid, id),
      ...by(session, address),
    };
    this.#audit.attempt(entry, () => {
      demand(session, "record.delete", { uuid }, vm);
      if (this.#running.get(uuid)?.recording.id !== id) return;
      throw new GlassError(
        "CONFLICT",
        `The recording of VM "${vm}" is still running; stop it before you delete it.`,
      );
    });
    this.#audit.write(entry);
    try {
      // The row last: as long as the file is there, somebody can try it again.
      await this.#files.remove(id);
      this.#catalog.remove(id);
    } catch (error) {
      throw this.#audit.wentWrong(entry, error);
    }
    log.info("Recording {id} of VM {vm} deleted by {user}", { id, vm, user: session.user.name });
  }

  /** @throws GlassError NOT_FOUND, for one that is not there and one that may not be seen alike */
  get(session: Session, id: string): Recording {
    const recording = this.#catalog.get(id);
    if (recording && may(session, "console.read", recording)) return this.#current(recording);
    throw new GlassError("NOT_FOUND", `There is no recording "${id}".`);
  }

  /** Those of VMs whose consoles the session may read: the newest thousand, the newest first. */
  list(session: Session): Recording[] {
    return this.#visible(session, {});
  }

  /** Those of one VM, by its UUID, its name, or the name that it had when they were made; so many too. */
  listOf(session: Session, vm: string): Recording[] {
    const uuid = this.#vms.named(vm)?.uuid ?? vm.toLowerCase();
    return this.#visible(session, { uuid, name: vm });
  }

  /** The recording that is being made of a VM's console. */
  running(uuid: string): Recording | null {
    const running = this.#running.get(uuid);
    return running ? this.#current(running.recording) : null;
  }

  /** What there is of the file: of one that is being made, the lines so far. @throws GlassError */
  async cast(session: Session, address: string, id: string): Promise<StoredCast> {
    const { uuid, vm } = this.get(session, id);
    this.#audit.note({
      ...about("recording.read", vm, uuid, id),
      ...by(session, address),
    });
    const running = this.#running.get(uuid);
    const size = running?.recording.id === id ? running.file.written : undefined;
    return await this.#files.read(id, size);
  }

  /** Removes what is too old or too much. */
  tidy(): void {
    const recordings = this.#catalog.all().map((recording) => this.#current(recording));
    const { remove, end } = excess(recordings, this.#options, Date.now());
    for (const { id, vm, uuid } of remove) {
      log.info("Recording {id} of VM {vm} removed: the limits ask for it", { id, vm });
      this.#audit.note({ ...about("recording.delete", vm, uuid, id), actor: ITSELF });
      this.#drop(id);
    }
    const running = end && this.#running.get(end.uuid);
    if (!running) return;
    const { maxTotal } = this.#options;
    void this.#end(running, `All recordings together reached ${maxTotal} bytes.`);
  }

  /** Resolves when every file is complete. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    this.#changes[Symbol.dispose]();
    const running = [...this.#running.values()];
    await Promise.all(running.map((one) => this.#end(one, "virtglass was stopped.")));
  }

  #begin(record: VMRecord, id: string, startedBy: string): Recording {
    const { uuid, name: vm } = record;
    const now = Date.now();
    const recording: Recording = {
      id,
      vm,
      uuid,
      startedBy,
      startedAt: new Date(now).toISOString(),
      endedAt: null,
      ended: null,
      bytes: 0,
      input: this.#options.input,
    };
    const file = new RunningRecording(this.#create(recording), {
      header: { ...this.#size(uuid), timestamp: Math.floor(now / 1000), title: vm },
      maxSize: this.#options.maxSize,
      input: this.#options.input,
      onEnd: (cause, reason) => {
        void this.#end(running, reason).then(() => cause === "full" && this.#automatic(record));
      },
      onStreamEnd: (reason) => {
        if (startedBy !== AUTOMATIC || reason !== "stopped") return;
        void this.#end(running, "The guest stopped.").then(() => this.#automatic(record));
      },
    });
    const running: Running = { recording, file, tap: NO_TAP, ending: null };
    this.#running.set(uuid, running);
    running.tap = this.#consoles.tap(record, file);
    this.#consoles.setRecording(uuid, true);
    log.info("Recording of VM {vm} started by {startedBy}", { vm, startedBy });
    return recording;
  }

  #size(uuid: string): Pick<Header, "width" | "height"> {
    const { columns, rows } = this.#consoles.size(uuid) ?? LEAST;
    return { width: Math.max(LEAST.columns, columns), height: Math.max(LEAST.rows, rows) };
  }

  /** The store first: of a file that it does not know nobody would ever hear. */
  #create(recording: Recording): Deno.FsFile {
    this.#catalog.add(recording);
    try {
      return this.#files.create(recording.id, recording.vm);
    } catch (error) {
      this.#catalog.remove(recording.id);
      throw error;
    }
  }

  #end(running: Running, reason: string): Promise<void> {
    if (running.ending === null) {
      const { vm, uuid, id } = running.recording;
      const entry = { ...about("recording.stop", vm, uuid, id), ...lengthOf(running) };
      this.#audit.note({ ...entry, actor: ITSELF, detail: { reason } });
    }
    return running.ending ??= this.#close(running, reason);
  }

  async #close({ recording, file, tap }: Running, reason: string): Promise<void> {
    const { id, uuid, vm } = recording;
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, CLOSE_DEADLINE);
    await Promise.race([file.close(), deadline.promise]);
    clearTimeout(timer);
    tap[Symbol.dispose]();
    this.#consoles.setRecording(uuid, false);
    try {
      const bytes = file.failed ? this.#files.repair(id) : file.written;
      this.#catalog.end(id, Date.now(), reason, bytes);
      log.info("Recording of VM {vm} ended: {reason}", { vm, reason });
    } catch (error) {
      // A full disk holds up the store as well; the next start finds the recording interrupted.
      log.error("The end of the recording {id} is not in the store: {error}", { id, error });
    }
    this.#running.delete(uuid);
  }

  #tidyAgain(): void {
    try {
      this.tidy();
    } catch (error) {
      log.error("Cannot look at the limits of recordings: {error}", { error });
    }
  }

  #changed({ kind, record }: VMChange): void {
    if (kind !== "removed") return this.#automatic(record);
    const running = this.#running.get(record.uuid);
    if (running) void this.#end(running, `VM "${record.name}" is gone.`);
  }

  #drop(id: string): void {
    this.#catalog.remove(id);
    this.#files.remove(id).catch((error) =>
      log.error("Cannot remove the recording {id}: {error}", { id, error })
    );
  }

  /** Begins to record a console whose guest runs, when that is configured. */
  #automatic(record: VMRecord): void {
    if (!this.#options.automatic || this.#stopping || this.#running.has(record.uuid)) return;
    if (!record.definition.console || !isActive(record.state.status)) return;
    const id = crypto.randomUUID();
    try {
      this.#begin(record, id, AUTOMATIC);
      const entry = about("recording.start", record.name, record.uuid, id);
      this.#audit.note({ ...entry, actor: ITSELF });
    } catch (error) {
      log.error("Cannot record the console of VM {vm}: {error}", { vm: record.name, error });
    }
  }

  /** Those that a crash has left open end there; those whose file is gone or empty go. */
  #recover(): void {
    for (const { id, vm, endedAt } of this.#catalog.all()) {
      const left = this.#files.find(id);
      const bytes = left && endedAt === null ? this.#files.repair(id) : null;
      if (left === null || bytes === 0) {
        this.#drop(id);
      } else if (bytes !== null) {
        this.#catalog.end(id, left.changedAt, "Interrupted: virtglass ended while it ran.", bytes);
        log.warn("The recording {id} of VM {vm} was interrupted", { id, vm });
      }
    }
  }

  #visible(session: Session, vm: { uuid?: string; name?: string }): Recording[] {
    return this.#catalog.list(vm, seenBy(session))
      .filter((recording) => may(session, "console.read", recording))
      .map((recording) => this.#current(recording));
  }

  /** With the size that it has by now. */
  #current(recording: Recording): Recording {
    const running = this.#running.get(recording.uuid);
    if (running?.recording.id !== recording.id) return recording;
    return { ...recording, bytes: running.file.written };
  }
}

/** What is recorded of a recording, but for who did it. */
function about(kind: AuditEntry["kind"], name: string, uuid: string, id: string) {
  return { kind, vm: { uuid, name }, subject: id, result: "ok" } as const;
}

/** Who did it, where that was somebody. */
const by = (session: Session, address: string) => ({
  actor: { user: session.user.name, address },
  detail: APITokens.told(session),
});

const lengthOf = ({ recording }: Running) => ({
  duration: (Date.now() - Date.parse(recording.startedAt)) / 1000,
});

const NO_TAP: Disposable = { [Symbol.dispose]: () => {} };
