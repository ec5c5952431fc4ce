/**
 * Translates whole sentences by a table from English to another language. `{}` in the English one
 * stands for any words; in the other `{1}`, `{2}` are these words, translated as well where the table
 * knows them. What the table does not know stays as it is.
 */
export function translator(table: Record<string, string>): (english: string) => string {
  let patterns: [RegExp, string][] | null = null;
  const words = (english: string): string => {
    if (Object.hasOwn(table, english)) return table[english]!;
    patterns ??= Object.entries(table).filter(([from]) => from.includes("{}")).map(([from, to]) => [
      new RegExp(`^${from.split("{}").map(escaped).join("(.*?)")}$`, "s"),
      to,
    ]);
    for (const [pattern, to] of patterns) {
      const parts = pattern.exec(english);
      if (parts) return to.replace(/\{(\d)\}/g, (_, number) => words(parts[number] ?? ""));
    }
    return english;
  };
  return words;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
