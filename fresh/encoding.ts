/** The codings of `Accept-Encoding`. https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding */

/** The first of these codings that the client accepts; null for the file as it is. */
export function chooseEncoding(accepted: string | null, encodings: string[]): string | null {
  const refused = /;\s*q=0(\.0*)?\s*$/;
  const names = (accepted ?? "").split(",")
    .filter((each) => !refused.test(each))
    .map((each) => each.split(";")[0]!.trim().toLowerCase());
  return encodings.find((encoding) => names.includes(encoding)) ?? null;
}
