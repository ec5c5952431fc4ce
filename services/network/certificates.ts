import type { Config } from "../config/mod.ts";
import { ConfigError } from "../config/mod.ts";
import { log } from "../log.ts";
import { isWildcard, plainAddress } from "./addresses.ts";
import { type Certificate, type Facts, makeSelfSigned, readFacts } from "./certificate.ts";

/** Milliseconds between two looks whether there is a newer certificate. */
const LOOK = 2_000;
const DAY = 24 * 3600 * 1000;
/** Milliseconds before its end at which a certificate of ours is made anew. */
export const RENEWED = 30 * DAY;

interface Source {
  /** Whether `load` would give another one than it gave last. */
  isOld(): Promise<boolean>;
  load(): Promise<Certificate>;
}

/** The server's certificate: the one that was given, or one of its own making. */
export class Certificates implements Disposable {
  readonly #source: Source;
  #current: Certificate;
  #facts: Facts;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(source: Source, certificate: Certificate, facts: Facts) {
    this.#source = source;
    this.#current = certificate;
    this.#facts = facts;
  }

  /**
   * For a server that speaks TLS; see `speaksTLS`.
   *
   * @throws ConfigError for a certificate that cannot be used
   */
  static async open(config: Config): Promise<Certificates> {
    const { tlsCert, tlsKey } = config;
    const source = tlsCert !== undefined && tlsKey !== undefined
      ? new GivenFiles(tlsCert, tlsKey)
      : new SelfSigned(`${config.dataDir}/tls`, ownNames(config));
    const certificate = await source.load();
    return new Certificates(source, certificate, await readFacts(certificate.cert));
  }

  get current(): Certificate {
    return this.#current;
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** Calls `use` whenever there is another one. */
  watch(use: (certificate: Certificate) => void): void {
    const timer = setInterval(() => void this.#look(use), LOOK);
    Deno.unrefTimer(timer);
    this.#timer = timer;
  }

  /** Says in the log which certificate it is: who connects can compare the fingerprint. */
  announce(): void {
    const { fingerprint, expiresAt, selfSigned } = this.#facts;
    const until = new Date(expiresAt).toISOString().slice(0, 10);
    const what = selfSigned ? "Self-signed certificate" : "Certificate";
    log.info(`${what} until {until}, SHA-256 {fingerprint}`, { until, fingerprint });
    if (expiresAt < Date.now()) log.warn("The certificate expired on {until}", { until });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** What cannot be used is told once, and the old one stays. */
  async #look(use: (certificate: Certificate) => void): Promise<void> {
    try {
      if (!await this.#source.isOld()) return;
      const next = await this.#source.load();
      const facts = await readFacts(next.cert);
      use(next);
      this.#current = next;
      this.#facts = facts;
      this.announce();
    } catch (error) {
      log.error("The certificate stays as it is: {why}", {
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

/** The files of `tls-cert` and `tls-key`, which whoever renews them writes over or replaces. */
class GivenFiles implements Source {
  readonly #cert: string;
  readonly #key: string;
  #stamp = "";

  constructor(cert: string, key: string) {
    this.#cert = cert;
    this.#key = key;
  }

  async isOld(): Promise<boolean> {
    return await this.#stampNow() !== this.#stamp;
  }

  async load(): Promise<Certificate> {
    // Before reading: a file that changes meanwhile is then read once more.
    this.#stamp = await this.#stampNow();
    const certificate = { cert: await read(this.#cert), key: await read(this.#key) };
    demandPair(certificate, `"${this.#cert}" and "${this.#key}"`);
    return certificate;
  }

  async #stampNow(): Promise<string> {
    const stamps = [this.#cert, this.#key].map(async (file) => {
      const { mtime, size, ino } = await Deno.stat(file).catch(() => NOTHING);
      return [mtime?.getTime(), size, ino].join();
    });
    return (await Promise.all(stamps)).join(" ");
  }
}

const NOTHING = { mtime: null, size: -1, ino: null };

/** A certificate of our own, kept in the data folder for as long as it lasts. */
class SelfSigned implements Source {
  readonly #folder: string;
  readonly #names: readonly string[];
  #renewAt = 0;

  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
  }

  isOld(): Promise<boolean> {
    return Promise.resolve(Date.now() >= this.#renewAt);
  }

  async load(): Promise<Certificate> {
    const certificate = await this.#kept() ?? await this.#make();
    this.#renewAt = (await readFacts(certificate.cert)).expiresAt - RENEWED;
    return certificate;
  }

  /** The one that was made before; null when there is none that is still good for these names. */
  async #kept(): Promise<Certificate | null> {
    try {
      const [cert, key] = await Promise.all(
        ["cert.pem", "key.pem"].map((name) => Deno.readTextFile(`${this.#folder}/${name}`)),
      );
      const names = new Set(/^Names: (.*)$/m.exec(cert!)?.[1]?.split(" "));
      const certificate = { cert: cert!, key: key! };
      demandPair(certificate, `the files in "${this.#folder}"`);
      const lasts = (await readFacts(cert!)).expiresAt - RENEWED > Date.now();
      return lasts && this.#names.every((name) => names.has(name)) ? certificate : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      log.warn("A new certificate is made: {why}", { why: (error as Error).message });
      return null;
    }
  }

  async #make(): Promise<Certificate> {
    const { cert, key } = await makeSelfSigned(this.#names, Date.now());
    // Not in the certificate alone, since not every Deno reads them from there.
    const named = `Names: ${this.#names.join(" ")}\n${cert}`;
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await write(`${this.#folder}/key.pem`, key, 0o600);
    await write(`${this.#folder}/cert.pem`, named, 0o644);
    return { cert: named, key };
  }
}

/** Whole or not at all, and never readable by more than it should be. */
async function write(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.new`;
  await Deno.remove(temporary).catch(() => {});
  await Deno.writeTextFile(temporary, text, { mode, createNew: true });
  await Deno.rename(temporary, file);
}

/** The names that a certificate of ours is for. */
function ownNames({ listen, allowedHosts }: Config): string[] {
  const listens = plainAddress(listen.hostname);
  const addresses = isWildcard(listens) ? ["127.0.0.1", "::1"] : [listens];
  return [...new Set([Deno.hostname().toLowerCase(), ...addresses, "localhost", ...allowedHosts])];
}

async function read(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new ConfigError(`Cannot read "${file}": ${(error as Error).message}`);
  }
}

/** @throws ConfigError when no server can be made of these two */
function demandPair({ cert, key }: Certificate, files: string): void {
  try {
    Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert, key }).close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${files} are no certificate with its key, both PEM: ${why}`);
  }
}
