const begin = "<!-- table: written by `deno task bench --markdown` -->";
const end = "<!-- end of table -->";

/** `document` with what stands between the two markers replaced. Throws if it has no markers. */
export function replaceTable(document: string, table: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`docs/BENCHMARKS.md has no "${begin}" ... "${end}"`);
  return `${document.slice(0, from + begin.length)}\n\n${table}\n\n${document.slice(to)}`;
}
