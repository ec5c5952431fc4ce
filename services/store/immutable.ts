import { DatabaseSync } from "node:sqlite";

/**
 * Opens a database that nobody writes to meanwhile, and leaves nothing behind. Reading alone
 * (`readOnly`) makes the log and its index where there is none, and cannot remove them again. What is
 * only in a log is not seen. https://sqlite.org/uri.html#uriimmutable
 */
export function openImmutable(file: string): DatabaseSync {
  const path = encodeURI(file).replaceAll("?", "%3F").replaceAll("#", "%23");
  // Two slashes at the beginning of a path would be those before a host.
  const authority = path.startsWith("/") ? "//" : "";
  return new DatabaseSync(`file:${authority}${path}?immutable=1`, { readOnly: true });
}
