import { MAX_MESSAGE } from "@/protocol/limits.ts";
import { onBeat } from "../beat.ts";
import { log } from "../log.ts";
import { network } from "./addresses.ts";
import type { Proxies } from "./proxies.ts";
import { addressesOf, bytesReceived, connectionsTo, cut, peerKey, type Tcp } from "./tcp.ts";

/** Milliseconds a new connection has for its first request, headers and TLS included. */
export const HEADER_TIME = 10_000;
/** Milliseconds that a connection may stay unused between two requests. */
export const IDLE_TIME = 60_000;
/** Connections that have asked for nothing yet; above that the oldest go before their time. */
export const MOST_WAITING = 512;
/** Bytes that a client may send over its WebSocket without a message coming of them. */
export const MAX_UNTOLD = 16 * MAX_MESSAGE;

/** Milliseconds between two looks, which grow by as much with every so many connections, up to a limit. */
const LOOK = 1_000;
const MANY = 500;
const RAREST_LOOK = 3_000;
/** WebSockets that one look asks what they have received; of more, the next look asks the next ones. */
const ASKED = 200;
/** Bytes that memory may grow before it is looked who makes it grow. */
const GROWTH = 8 * 1024 ** 2;

/** One connection of a client, as the server knows it. */
export interface Connection {
  /** Counts its WebSocket in, until it is disposed. */
  upgraded(): Upgraded;
  /** Ends it at once, whatever is under way. */
  cut(): void;
}

export interface Upgraded extends Disposable {
  /** To be called for each message. */
  heard(): void;
}

interface Known {
  since: number;
  /** What its address is counted as; null for a proxy, which may have any number. */
  counted: string | null;
  /** Requests that it has made. */
  requests: number;
  /** Requests and WebSockets that are under way. */
  active: number;
  quietSince: number;
  upgraded: boolean;
  /** Messages of its WebSocket. */
  messages: number;
  /** How many there were, and the bytes it had received, when that was last looked at. */
  marked: { messages: number; bytes: number };
}

/** One that there is now. */
interface Open {
  tcp: Tcp;
  known: Known;
}

/**
 * All connections to the server's port. `Deno.serve` waits for ever for the rest of a request and
 * collects a fragmented message without an end, so it is looked here who does not get on.
 */
export class Connections implements Disposable {
  readonly #known = new Map<string, Known>();
  readonly #proxies: Proxies;
  readonly #perAddress: number;
  #port: number | null = null;
  #looking: ReturnType<typeof setTimeout> | undefined;
  /** While there are WebSockets: it would wake a server that has nothing to do. */
  #lookingAtMemory: Disposable | undefined;
  /** How many of them are WebSockets. */
  #upgraded = 0;
  #memory = Infinity;
  /** How many WebSockets have been asked what they received, from the first on. */
  #asked = 0;

  /** @param perAddress how many one address may have; a proxy may have any number */
  constructor(proxies: Proxies, perAddress: number) {
    this.#proxies = proxies;
    this.#perAddress = perAddress;
  }

  /** Those who connect to this port are meant. */
  at(port: number): void {
    this.#port = port;
  }

  /** Begins to look after them. */
  watch(): void {
    this.#lookIn(LOOK);
  }

  /** The addresses of this machine by which somebody is connected now. */
  addresses(): ReadonlySet<string> {
    return this.#port === null ? new Set() : addressesOf(this.#port);
  }

  /** Counts a request in, until it is answered. */
  request({ remoteAddr, completed }: Deno.ServeHandlerInfo<Deno.NetAddr>): Connection {
    const peer = peerKey(remoteAddr);
    const known = this.#at(peer);
    known.requests++;
    known.active++;
    const end = () => leave(known);
    completed.then(end, end);
    return {
      upgraded: () => this.#upgrade(known),
      cut: () => this.#cut(peer),
    };
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#looking);
    this.#lookingAtMemory?.[Symbol.dispose]();
  }

  #lookIn(milliseconds: number): void {
    this.#looking = setTimeout(() => {
      this.#attempt(() => this.#look());
      const many = this.#known.size / MANY;
      // With nobody there a server sleeps.
      this.#lookIn(many === 0 ? RAREST_LOOK : Math.min(LOOK * (1 + many), RAREST_LOOK));
    }, milliseconds);
    Deno.unrefTimer(this.#looking);
  }

  #upgrade(known: Known): Upgraded {
    known.upgraded = true;
    known.active++;
    if (this.#upgraded++ === 0) {
      this.#lookingAtMemory = onBeat(() => this.#attempt(() => this.#lookAtMemory()));
    }
    return {
      heard: () => void known.messages++,
      [Symbol.dispose]: () => {
        if (--this.#upgraded === 0) this.#lookingAtMemory?.[Symbol.dispose]();
        leave(known);
      },
    };
  }

  #cut(peer: string): void {
    if (this.#port === null) return;
    for (const connection of connectionsTo(this.#port)) {
      if (connection.peer === peer) cut(connection.fd);
    }
  }

  #at(peer: string): Known {
    const found = this.#known.get(peer);
    if (found) return found;
    const now = performance.now();
    const address = peer.split(" ")[0]!;
    const known = {
      since: now,
      counted: this.#proxies.has(address) ? null : network(address),
      requests: 0,
      active: 0,
      quietSince: now,
      upgraded: false,
      messages: 0,
      marked: { messages: 0, bytes: 0 },
    };
    this.#known.set(peer, known);
    return known;
  }

  #look(): void {
    const open = connectionsTo(this.#port!, (tcp) => this.#isSocket(tcp))
      .map((tcp) => ({ tcp, known: this.#at(tcp.peer) }));
    this.#forgetAllBut(open);
    const now = performance.now();
    for (const { tcp, known } of open) {
      const patience = known.requests === 0 ? HEADER_TIME : IDLE_TIME;
      if (known.active === 0 && now - known.quietSince > patience) cut(tcp.fd);
    }
    this.#lookAtSockets(open.filter(({ known }) => known.upgraded));
    open.sort((a, b) => a.known.since - b.known.since);
    const waiting = open.filter(({ known }) => known.requests === 0);
    for (const { tcp } of waiting.slice(0, Math.max(0, waiting.length - MOST_WAITING))) {
      cut(tcp.fd);
    }
    this.#thin(open);
  }

  #forgetAllBut(open: Open[]): void {
    // All that are open are known.
    if (open.length === this.#known.size) return;
    const peers = new Set(open.map(({ tcp }) => tcp.peer));
    for (const peer of this.#known.keys()) if (!peers.has(peer)) this.#known.delete(peer);
  }

  /** Of an address that has too many, the newest go: what somebody works with stays. */
  #thin(oldestFirst: Open[]): void {
    const counts = new Map<string, number>();
    for (const { tcp, known: { counted } } of oldestFirst) {
      if (counted === null) continue;
      const count = (counts.get(counted) ?? 0) + 1;
      counts.set(counted, count);
      if (count > this.#perAddress) cut(tcp.fd);
    }
  }

  #lookAtMemory(): void {
    const memory = Deno.memoryUsage().rss;
    const grown = memory - this.#memory > GROWTH;
    if (grown || memory < this.#memory) this.#memory = memory;
    if (!grown) return;
    for (const tcp of connectionsTo(this.#port!)) {
      const known = this.#known.get(tcp.peer);
      if (known?.upgraded) this.#lookAtSocket(tcp, known);
    }
  }

  /** Whether it is an open WebSocket, whose end Deno would have told. */
  #isSocket({ peer }: Tcp): boolean {
    const known = this.#known.get(peer);
    return known !== undefined && known.upgraded && known.active > 0;
  }

  #lookAtSockets(sockets: Open[]): void {
    if (this.#asked >= sockets.length) this.#asked = 0;
    const turn = sockets.slice(this.#asked, this.#asked + ASKED);
    for (const { tcp, known } of turn) this.#lookAtSocket(tcp, known);
    this.#asked += turn.length;
  }

  /** A message that does not end is kept by Deno, and told to nobody, until it does. */
  #lookAtSocket({ fd, peer }: Tcp, known: Known): void {
    const bytes = bytesReceived(fd);
    // Of a connection that began with its WebSocket all bytes count, from the first on.
    const unmarked = known.marked.bytes === 0 && known.requests > 1;
    if (known.marked.messages !== known.messages || unmarked) {
      known.marked = { messages: known.messages, bytes };
    } else if (bytes - known.marked.bytes > MAX_UNTOLD) {
      log.warn("Cut the WebSocket of {peer}: it sent {bytes} bytes that are no message", {
        peer,
        bytes: bytes - known.marked.bytes,
      });
      cut(fd);
    }
  }

  /** Nothing that goes wrong here may end the server. */
  #attempt(look: () => void): void {
    try {
      look();
    } catch (error) {
      log.error("Cannot look after connections: {error}", { error });
    }
  }
}

function leave(known: Known): void {
  known.active--;
  known.quietSince = performance.now();
}
