/**
 * A line of virtglass' own between those of a guest, without what its words could say to a terminal. In
 * italics: dim letters, which are half as bright, are too faint for some.
 */
export function mark(words: string): string {
  return `\r\n\x1b[0;3m── ${words.replace(/\p{Cc}/gu, "")} ──\x1b[0m\r\n`;
}
