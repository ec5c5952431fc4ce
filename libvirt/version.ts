import { library, versionOf } from "./library.ts";
import { parseVersion } from "./version_number.ts";

export { parseVersion } from "./version_number.ts";

/** Version of the library in this process, which may differ from the daemon's. Throws LibvirtMissing. */
export function libvirtVersion(): string {
  return parseVersion(versionOf(library()));
}
