/** Saves a text as a file of the browser's owner. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun, but not in every browser in this moment.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Puts a selected text on the clipboard; over plain HTTP browsers only have the old way for it. */
export function copyText(text: string): void {
  if (navigator.clipboard) navigator.clipboard.writeText(text).catch(() => {});
  else document.execCommand("copy");
}
