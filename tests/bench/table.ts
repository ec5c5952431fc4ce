import type { Figure } from "./row.ts";

const head = ["what", "virtglass", "peer", "ratio", "must reach", "ok"];

const cells = (figure: Figure): string[] => [
  figure.what,
  figure.ours,
  figure.peer ?? "",
  figure.ratio === null ? "" : `${figure.ratio.toFixed(figure.ratio < 0.1 ? 3 : 2)} x`,
  figure.target ?? "",
  figure.ok === null ? "" : figure.ok ? "ok" : "NOT",
];

/** The figures for a terminal: columns padded with spaces. */
export function textTable(figures: readonly Figure[]): string {
  const rows = [head, ...figures.map(cells)];
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length))
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd())
    .join("\n");
}

/** The figures as a table of Markdown. */
export function markdownTable(figures: readonly Figure[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...figures.map((f) => line(cells(f)))].join(
    "\n",
  );
}
