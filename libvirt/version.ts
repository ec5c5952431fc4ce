/** libvirt writes a version as one number: major * 1,000,000 + minor * 1,000 + release. */
import { library } from "./library.ts";

/** `9000000` is "9.0.0". */
export function parseVersion(version: number | bigint): string {
  const number = Number(version);
  const major = Math.floor(number / 1_000_000);
  const minor = Math.floor(number / 1_000) % 1_000;
  return `${major}.${minor}.${number % 1_000}`;
}

/**
 * Version of the library in this process, which may differ from the daemon's: 9000000.
 * https://libvirt.org/html/libvirt-libvirt-host.html#virGetVersion
 */
export function libvirtVersionNumber(): number {
  const version = new BigUint64Array(1);
  library().virGetVersion(version, null, null);
  return Number(version[0]);
}

/** The same as "9.0.0". Throws LibvirtMissing. */
export function libvirtVersion(): string {
  return parseVersion(libvirtVersionNumber());
}
