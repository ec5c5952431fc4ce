/** Lines of text in a frame, so that they are found among logs. */
export function box(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => [...line].length));
  const rule = "─".repeat(width + 4);
  const rows = lines.map((line) => `│  ${line}${" ".repeat(width - [...line].length)}  │`);
  return [`┌${rule}┐`, ...rows, `└${rule}┘`].join("\n");
}
