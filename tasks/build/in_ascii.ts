/**
 * A script with every other character as the escape that stands for it in strings, templates and patterns.
 * V8 reads what is ASCII where it lies; anything else it copies first, at twice the size.
 */
export function inASCII(code: string): string {
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
