/** A piece of XML and what it is; all pieces together are the text as it was. */
export interface Token {
  kind: "mark" | "tag" | "name" | "value" | "text" | "comment";
  text: string;
}

const PIECES = /<!--[^]*?-->|<[^>]+>|[^<]+|</g;
const WITHIN = /([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')|[\w:.-]+|[^\w:.-]+/g;

/** Takes XML apart, for colours. It checks nothing: libvirt writes it. */
export function xmlTokens(xml: string): Token[] {
  const tokens: Token[] = [];
  for (const [piece] of xml.matchAll(PIECES)) {
    if (piece.startsWith("<!--")) tokens.push({ kind: "comment", text: piece });
    else if (piece.startsWith("<")) tokens.push(...tagTokens(piece));
    else tokens.push({ kind: "text", text: piece });
  }
  return tokens;
}

function tagTokens(tag: string): Token[] {
  let first = true;
  return [...tag.matchAll(WITHIN)].flatMap(([piece, name, equals, value]): Token[] => {
    if (name !== undefined) {
      return [
        { kind: "name", text: name },
        { kind: "mark", text: equals ?? "" },
        { kind: "value", text: value ?? "" },
      ];
    }
    const isName = first && /^[\w:.-]/.test(piece);
    if (isName) first = false;
    return [{ kind: isName ? "tag" : "mark", text: piece }];
  });
}
