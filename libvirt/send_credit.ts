/**
 * Which bytes may be sent to a guest on the main thread, which must never block. libvirt puts a piece of a
 * stream into its socket to the daemon and waits for no answer; it waits only while that socket is full.
 * What the daemon has answered comes after all it was sent before, so its socket is empty then, and has
 * room for a few small pieces however the daemon fares from there on: frozen, dead, or stuck with a guest
 * that does not read.
 */

/**
 * Of a unix socket's 208 KiB Linux calls a quarter "room", which 65 packets of up to 200 bytes fill.
 * Keepalive's own go in there too: a handful.
 */
const PIECES = 16;
const PIECE = 128;

export class SendCredit {
  #left = 0;

  /** Whether `bytes` may go at once; counts them when they may. */
  spend(bytes: Uint8Array): boolean {
    if (this.#left === 0 || bytes.length === 0 || bytes.length > PIECE) return false;
    this.#left--;
    return true;
  }

  /** Whether nothing is left. */
  get isSpent(): boolean {
    return this.#left === 0;
  }

  /** To be called before something is sent that is not counted. */
  forfeit(): void {
    this.#left = 0;
  }

  /** To be called when the daemon has answered what was asked after all that was sent. */
  renew(): void {
    this.#left = PIECES;
  }
}
