/** libvirt.so, opened at first use. */
import { LibvirtMissing } from "./errors.ts";
import { keepOpenSSL } from "./openssl.ts";
import { symbols } from "./symbols/mod.ts";

/** The C functions, ready to call. */
export type Library = Deno.StaticForeignLibraryInterface<typeof symbols>;

const FILE = "libvirt.so.0";
/** The first whose event loop is GLib's, and that has every function which we bind. */
const OLDEST = "6.1.0";
let opened: Library | undefined;

/** Opens `file`; throws LibvirtMissing, which says what to do, when it cannot be loaded. */
export function openLibrary(file: string): Library {
  try {
    return Deno.dlopen(file, symbols).symbols;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const lacks = /undefined symbol: (\w+)/.exec(why)?.[1];
    if (lacks !== undefined) {
      throw new LibvirtMissing(
        `${file} is too old: it has no ${lacks}. virtglass needs libvirt ${OLDEST} or newer`,
        { cause },
      );
    }
    throw new LibvirtMissing(
      `${file} cannot be loaded: install the package libvirt0 (Debian, Ubuntu), libvirt-libs (Fedora, RHEL) or libvirt (Arch, SUSE, Alpine) [${why}]`,
      { cause },
    );
  }
}

/** The library; opened and initialised once for the life of the process. */
export function library(): Library {
  if (opened === undefined) {
    keepOpenSSL();
    const candidate = openLibrary(FILE);
    quietly(() => candidate.virInitialize());
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
