import { useEffect, useState } from "preact/hooks";
import { readOptions, type TerminalOptions } from "@/components/terminal/options.ts";

const KEY = "virtglass.terminal";

/**
 * How this browser's owner wants terminals; null until it was looked up. Every open page follows a
 * change. Where nothing may be kept, a choice lasts as long as the page.
 */
export function useTerminalOptions(): [
  options: TerminalOptions | null,
  choose: (options: TerminalOptions) => void,
] {
  const [options, setOptions] = useState<TerminalOptions | null>(null);
  useEffect(() => {
    setOptions(readOptions(kept()));
    const changed = ({ key, newValue }: StorageEvent) => {
      if (key === KEY || key === null) setOptions(readOptions(newValue));
    };
    addEventListener("storage", changed);
    return () => removeEventListener("storage", changed);
  }, []);
  return [options, (chosen) => {
    setOptions(chosen);
    keep(JSON.stringify(chosen));
  }];
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Full, or forbidden by its owner.
  }
}
