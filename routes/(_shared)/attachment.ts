/**
 * `Content-Disposition` of something to keep as a file. The name is given twice: without what some
 * system's file names may not have, in ASCII, and as it is (RFC 6266).
 */
export function attachment(name: string): string {
  const safe = name.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, "-");
  const plain = safe.replace(/[^\x20-\x7e]/g, "_");
  // What encodeURIComponent leaves, but RFC 8187 does not.
  const encoded = encodeURIComponent(safe.toWellFormed()).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
