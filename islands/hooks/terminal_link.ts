/** An address in the guest's output that may be opened after a question. */
export interface TerminalLink {
  /** The whole address as a browser reads it: look-alike letters of other scripts are spelled out. */
  href: string;
  host: string;
}

/** Null for what is no web address: other kinds start programs or run scripts. */
export function terminalLink(text: string): TerminalLink | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  return { href: url.href, host: url.host };
}
