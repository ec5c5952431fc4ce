/** How somebody wants their terminals, kept per browser. */
export interface TerminalOptions {
  theme: ThemeName;
  /** In CSS pixels. */
  fontSize: number;
  /** A family of this computer; empty for the page's own. */
  fontFamily: string;
  cursorStyle: typeof CURSORS[number];
  cursorBlink: boolean;
  /** Lines. */
  scrollback: number;
  bell: typeof BELLS[number];
  copyOnSelect: boolean;
  /** Lets screen readers read the output; slower. */
  screenReader: boolean;
}

export const THEMES = ["glass", "black", "amber", "green", "solarized", "paper"] as const;
export type ThemeName = typeof THEMES[number];

export const CURSORS = ["block", "bar", "underline"] as const;
export const BELLS = ["off", "visual", "sound"] as const;
export const FONT_SIZE = { min: 8, max: 32 } as const;
export const SCROLLBACK = { min: 0, max: 100_000 } as const;

export const DEFAULTS: TerminalOptions = {
  theme: "glass",
  fontSize: 13,
  fontFamily: "",
  cursorStyle: "block",
  cursorBlink: false,
  scrollback: 5000,
  bell: "visual",
  copyOnSelect: false,
  screenReader: false,
};

/** Options from what a browser kept, which an older page or anybody may have written. */
export function readOptions(kept: string | null): TerminalOptions {
  let given: Partial<Record<keyof TerminalOptions, unknown>> = {};
  try {
    const value: unknown = JSON.parse(kept ?? "{}");
    if (typeof value === "object" && value !== null) given = value;
  } catch {
    // Not ours; as if nothing had been kept.
  }
  return {
    theme: oneOf(THEMES, given.theme) ?? DEFAULTS.theme,
    fontSize: within(FONT_SIZE, given.fontSize) ?? DEFAULTS.fontSize,
    fontFamily: fontFamily(given.fontFamily),
    cursorStyle: oneOf(CURSORS, given.cursorStyle) ?? DEFAULTS.cursorStyle,
    cursorBlink: truth(given.cursorBlink) ?? DEFAULTS.cursorBlink,
    scrollback: within(SCROLLBACK, given.scrollback) ?? DEFAULTS.scrollback,
    bell: oneOf(BELLS, given.bell) ?? DEFAULTS.bell,
    copyOnSelect: truth(given.copyOnSelect) ?? DEFAULTS.copyOnSelect,
    screenReader: truth(given.screenReader) ?? DEFAULTS.screenReader,
  };
}

/** A name as people write it; nothing that would mean more than a name in a style. */
function fontFamily(value: unknown): string {
  return typeof value === "string" ? value.replace(/[^\p{L}\p{N} ,._-]/gu, "").slice(0, 100) : "";
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value);
}

function within({ min, max }: { min: number; max: number }, value: unknown): number | undefined {
  return Number.isInteger(value) ? Math.min(max, Math.max(min, value as number)) : undefined;
}

function truth(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
