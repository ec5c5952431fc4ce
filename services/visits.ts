/** Milliseconds within which a user comes to one console, or leaves it, as one event. */
const WINDOW = 60_000;

type Action = "attach" | "detach";

interface VM {
  uuid: string;
  name: string;
}

/** A user at one console. */
interface Visit {
  user: string;
  vm: VM;
  /** How many terminals they have there. */
  terminals: number;
  told: Action;
  /** From when on either may be told again. */
  from: Record<Action, number>;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Who comes to consoles and leaves them, each at most once in a while: one who connects again and again
 * would push out what others need to know. What comes too soon is told when its time has come, if it
 * is still so: whatever was told last is true in the end.
 */
export class Visits implements Disposable {
  /** Of those who are there, or were within the window. */
  readonly #visits = new Map<string, Visit>();
  readonly #tell: (action: Action, user: string, vm: VM) => void;
  readonly #window: number;

  constructor(tell: (action: Action, user: string, vm: VM) => void, window = WINDOW) {
    this.#tell = tell;
    this.#window = window;
  }

  /** Puts one terminal more there. */
  attach(user: string, vm: VM): void {
    const key = keyOf(user, vm);
    const visit = this.#visits.get(key) ??
      { user, vm, terminals: 0, told: "detach", from: { attach: 0, detach: 0 } };
    this.#visits.set(key, visit);
    visit.terminals++;
    this.#settle(visit);
  }

  /** Takes one away; each has to have come. */
  detach(user: string, vm: VM): void {
    const visit = this.#visits.get(keyOf(user, vm));
    if (visit === undefined) return;
    visit.terminals--;
    this.#settle(visit);
  }

  /** Tells what was held back. */
  [Symbol.dispose](): void {
    for (const visit of this.#visits.values()) {
      clearTimeout(visit.timer);
      if (stateOf(visit) !== visit.told) this.#tell(stateOf(visit), visit.user, visit.vm);
    }
    this.#visits.clear();
  }

  /** Tells how it is now, or sees to it that this is told when it may be. */
  #settle(visit: Visit): void {
    const { user, vm, from } = visit;
    clearTimeout(visit.timer);
    const now = performance.now();
    const state = stateOf(visit);
    if (state !== visit.told && from[state] <= now) {
      visit.told = state;
      from[state] = now + this.#window;
      this.#tell(state, user, vm);
    }
    if (state !== visit.told) this.#at(from[state], visit, () => this.#settle(visit));
    else if (state === "detach") {
      const forget = () => this.#visits.delete(keyOf(user, vm));
      this.#at(Math.max(from.attach, from.detach), visit, forget);
    }
  }

  #at(time: number, visit: Visit, then: () => void): void {
    visit.timer = setTimeout(then, Math.ceil(time - performance.now()));
    Deno.unrefTimer(visit.timer);
  }
}

const keyOf = (user: string, { uuid }: VM) => JSON.stringify([user, uuid]);

const stateOf = ({ terminals }: Visit): Action => terminals > 0 ? "attach" : "detach";
