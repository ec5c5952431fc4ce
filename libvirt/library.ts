/** libvirt.so, opened at first use. */
import { LibvirtMissing } from "./errors.ts";
import { keepOpenSSL } from "./openssl.ts";
import { symbols } from "./symbols/mod.ts";
import { parseVersion } from "./version_number.ts";

/** The C functions, ready to call. */
export type Library = Deno.StaticForeignLibraryInterface<typeof symbols>;

const FILE = "libvirt.so.0";
/** The first whose event loop is GLib's. Older ones may have every function which we bind, too. */
const OLDEST = 6_001_000;
let opened: Library | undefined;

/** Opens `file`; throws LibvirtMissing, which says what to do, when it cannot be loaded. */
export function openLibrary(file: string): Library {
  try {
    return Deno.dlopen(file, symbols).symbols;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const lacks = /undefined symbol: (\w+)/.exec(why)?.[1];
    if (lacks !== undefined) {
      throw new LibvirtMissing(tooOld(file, `it has no ${lacks}`), { cause });
    }
    throw new LibvirtMissing(
      `${file} cannot be loaded: install the package libvirt0 (Debian, Ubuntu), libvirt-libs (Fedora, RHEL) or libvirt (Arch, SUSE, Alpine) [${why}]`,
      { cause },
    );
  }
}

/** @throws LibvirtMissing for a version before the first that virtglass works with */
export function demandRecent(file: string, version: number): void {
  if (version >= OLDEST) return;
  throw new LibvirtMissing(tooOld(file, `it is libvirt ${parseVersion(version)}`));
}

/**
 * The version of a library that was opened: 9000000.
 * https://libvirt.org/html/libvirt-libvirt-host.html#virGetVersion
 */
export function versionOf(library: Library): number {
  const version = new BigUint64Array(1);
  library.virGetVersion(version, null, null);
  return Number(version[0]);
}

const tooOld = (file: string, why: string) =>
  `${file} is too old: ${why}. virtglass needs libvirt ${parseVersion(OLDEST)} or newer`;

/** The library; opened and initialised once for the life of the process. */
export function library(): Library {
  if (opened === undefined) {
    keepOpenSSL();
    const candidate = openLibrary(FILE);
    quietly(() => candidate.virInitialize());
    demandRecent(FILE, versionOf(candidate));
    opened = candidate;
  }
  return opened;
}

/**
 * libvirt writes warnings to stderr by itself unless LIBVIRT_DEBUG says "errors only" while it initialises
 * (errors go to our error functions). Taken back at once: children of ours keep their own mind.
 */
function quietly(initialise: () => void): void {
  const chosen = ["LIBVIRT_DEBUG", "LIBVIRT_LOG_OUTPUTS", "LIBVIRT_LOG_FILTERS"];
  if (chosen.some((name) => Deno.env.has(name))) return initialise();
  Deno.env.set("LIBVIRT_DEBUG", "4");
  try {
    initialise();
  } finally {
    Deno.env.delete("LIBVIRT_DEBUG");
  }
}
