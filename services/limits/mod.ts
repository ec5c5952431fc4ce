import type { TokenBucket } from "limiter";
import type { Config } from "../config/mod.ts";
import { GlassError, RateLimited } from "../errors.ts";
import { network } from "../network/addresses.ts";
import { Places } from "./places.ts";
import { fullBucket, Rate } from "./rate.ts";

/**
 * Seconds over which messages are counted: a network that hiccups delivers what it held back at once.
 */
const MESSAGES_WINDOW = 3;

/** Parts of answers to `subscribe`, each of which costs less than a message, that go for one. */
const PARTS = 10;

/** Seconds over which requests are counted: a page asks for a dozen things at once. */
const REQUESTS_WINDOW = 10;

/** How much one client may ask for. Everything here is configured by `limits.*`. */
export class Limits {
  readonly #requests: Rate;
  readonly #messagesOfSocket: () => TokenBucket;
  readonly #messagesOfUser: Rate;
  readonly #answers: Rate;
  readonly #commands: Rate;
  readonly #consoleBytes: Rate;
  readonly #perUser: Places;
  readonly #perAddress: Places;
  /** What each socket may still send. */
  readonly #sockets = new WeakMap<object, TokenBucket>();

  constructor(
    config: Pick<
      Config,
      | "limitsSocketsPerUser"
      | "limitsSocketsPerAddress"
      | "limitsRequests"
      | "limitsMessages"
      | "limitsMessagesPerUser"
      | "limitsCommands"
      | "limitsConsoleBytes"
    >,
  ) {
    this.#perUser = new Places(config.limitsSocketsPerUser);
    this.#perAddress = new Places(config.limitsSocketsPerAddress);
    this.#requests = new Rate(config.limitsRequests * REQUESTS_WINDOW, REQUESTS_WINDOW);
    const atOnce = (aSecond: number) => aSecond * MESSAGES_WINDOW;
    this.#messagesOfSocket = () =>
      fullBucket(atOnce(config.limitsMessages), MESSAGES_WINDOW * 1000);
    this.#messagesOfUser = new Rate(atOnce(config.limitsMessagesPerUser), MESSAGES_WINDOW);
    this.#answers = new Rate(atOnce(config.limitsMessagesPerUser * PARTS), MESSAGES_WINDOW);
    this.#commands = new Rate(config.limitsCommands, 60);
    this.#consoleBytes = new Rate(config.limitsConsoleBytes, 1);
  }

  /** Counts one request of a user, or of an address where nobody is signed in. @throws GlassError RATE_LIMITED */
  request(user: string | null, address: string): void {
    const key = user === null ? `address ${network(address)}` : `user ${user}`;
    const wait = this.#requests.spend(key);
    if (wait === 0) return;
    throw new RateLimited(
      `More than ${this.#requests.points} requests within ${REQUESTS_WINDOW} s. Try again in ${
        Math.ceil(wait / 1000)
      } s.`,
      wait,
    );
  }

  /**
   * To be asked before a socket is accepted, only to be told that it is one too many: those who will
   * not go take memory all the same.
   *
   * @throws GlassError RATE_LIMITED
   */
  demandRoom(user: string, address: string): void {
    if (!this.#perUser.isOverrun(user) && !this.#perAddress.isOverrun(address)) return;
    throw new GlassError(
      "RATE_LIMITED",
      `User "${user}" at ${address} has too many sockets open already; close some first.`,
    );
  }

  /** Counts one more socket until it is disposed; `refusal` says in words that it is one too many. */
  enter(user: string, address: string): Disposable & { refusal: string | null } {
    const refusal = this.#refusal(user, address);
    const places = [this.#perUser.take(user), this.#perAddress.take(address)];
    return {
      refusal,
      [Symbol.dispose]: () => places.forEach((place) => place[Symbol.dispose]()),
    };
  }

  /** Counts one message on this socket of this user; says in words when it is one too many. */
  message(socket: object, user: string): string | null {
    let bucket = this.#sockets.get(socket);
    if (bucket === undefined) this.#sockets.set(socket, bucket = this.#messagesOfSocket());
    if (!bucket.tryRemoveTokens(1)) return tooMany("on one socket", bucket.bucketSize);
    if (this.#messagesOfUser.spend(user) === 0) return null;
    return tooMany(`of user "${user}"`, this.#messagesOfUser.points);
  }

  /**
   * Counts the answer to a `subscribe` of this user by what it has, which may be thousands of events
   * for one message; says in words when it is too much.
   */
  answer(user: string, parts: number): string | null {
    if (this.#answers.spend(user, parts) === 0) return null;
    return `Subscribing told user "${user}" more than ${this.#answers.points} VMs and events within ${MESSAGES_WINDOW} s; slow down and connect again.`;
  }

  /** Counts one command. @throws GlassError RATE_LIMITED */
  command(user: string): void {
    const wait = this.#commands.spend(user);
    if (wait === 0) return;
    throw new RateLimited(
      `User "${user}" has given ${this.#commands.points} commands within a minute. Try again in ${
        Math.ceil(wait / 1000)
      } s.`,
      wait,
    );
  }

  /** Counts what a user types; returns how many ms to wait before asking again, 0 to go on. */
  consoleInput(user: string, bytes: number): number {
    return this.#consoleBytes.spend(user, bytes);
  }

  #refusal(user: string, address: string): string | null {
    if (this.#perUser.isFull(user)) {
      return `User "${user}" has ${this.#perUser.most} sockets open already; close some first.`;
    }
    if (this.#perAddress.isFull(address)) {
      return `${address} has ${this.#perAddress.most} sockets open already; close some first.`;
    }
    return null;
  }
}

const tooMany = (where: string, most: number) =>
  `More than ${most} messages ${where} within ${MESSAGES_WINDOW} s; slow down and connect again.`;
