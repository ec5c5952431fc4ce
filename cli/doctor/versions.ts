/** Whether "7.2.0" comes before "7.10.0". */
export function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
