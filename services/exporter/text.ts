/**
 * Prometheus' text format, version 0.0.4.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
import type { Family } from "./families.ts";

export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** A subject with the labels of all its values. */
export interface Labelled<Subject> {
  labels: Record<string, string>;
  subject: Subject;
}

/** The families that have a value, each with all its values. */
export function format<Subject>(
  families: readonly Family<Subject>[],
  subjects: readonly Labelled<Subject>[],
): string {
  return families.map((family) => {
    const lines = subjects.map(({ labels, subject }) => {
      const value = family.value(subject) ?? null;
      if (value === null) return "";
      const all = family.labels ? { ...labels, ...family.labels(subject) } : labels;
      return `${family.name}${written(all)} ${value}\n`;
    }).join("");
    if (lines === "") return "";
    return `# HELP ${family.name} ${family.help}\n# TYPE ${family.name} ${family.type}\n${lines}`;
  }).join("");
}

function written(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join()}}`;
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };
const escape = (text: string) => text.replace(/[\\"\n]/g, (char) => ESCAPES[char]!);
