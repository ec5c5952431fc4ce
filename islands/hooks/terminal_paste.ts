/** What somebody is about to paste, and what there is to know about it. */
export interface Paste {
  /** What will be typed: without control characters, apart from tabs and line ends. */
  text: string;
  lines: number;
  /** In UTF-8. */
  bytes: number;
  /** Whether something was taken out that would have acted as keys. */
  hidden: boolean;
}

/** The marks that programs use to tell pasted text from typed: in it, they would end the paste. */
// deno-lint-ignore no-control-regex
const MARKS = /(?:\x1b\[|\x9b)20[01]~/g;

/** What acts as keys: escape sequences begin with one of these, and Ctrl-C or Ctrl-D are some. */
// deno-lint-ignore no-control-regex
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

export function readPaste(pasted: string): Paste {
  const text = pasted.replace(MARKS, "").replace(CONTROLS, "").replace(/\r\n?/g, "\n");
  return {
    text,
    lines: text.replace(/\n$/, "").split("\n").length,
    bytes: new TextEncoder().encode(text).length,
    hidden: text.length !== pasted.replace(/\r\n/g, "\n").length,
  };
}

/** A single line is as good as typed, unless it runs at once or hides something. */
export function needsQuestion({ text, hidden }: Paste): boolean {
  return hidden || text.includes("\n");
}

/** Lines, and characters of each, that a question shows. */
const SHOWN = 8;
const WIDEST = 200;

/** The first lines, to be looked at before they are typed. */
export function firstLines({ text }: Paste): string {
  const lines = text.split("\n", SHOWN);
  return lines.map((line) => line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line).join("\n");
}
