/**
 * What the server says on the wire, in this language. The wire itself is English, for programs and
 * support read it; other languages translate what their wire.ts knows, and leave the rest as it is.
 */
export const words = (english: string): string => english;
