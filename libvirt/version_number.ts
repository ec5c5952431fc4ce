/** libvirt writes a version as one number: major * 1,000,000 + minor * 1,000 + release. */

/** `9000000` is "9.0.0". */
export function parseVersion(version: number | bigint): string {
  const number = Number(version);
  const major = Math.floor(number / 1_000_000);
  const minor = Math.floor(number / 1_000) % 1_000;
  return `${major}.${minor}.${number % 1_000}`;
}
