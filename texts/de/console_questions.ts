export const pasteOne = (size: string) => `Eine Zeile von ${size} einfügen?`;
export const pasteLines = (lines: number, size: string) => `${lines} Zeilen, ${size}, einfügen?`;
export const paste = "Einfügen";
export const pasteNote =
  "Der Gast führt jede Zeile aus, als hätten Sie sie getippt und Enter gedrückt.";
export const pasteWarning =
  "Darin waren Steuerzeichen versteckt, die wie Tasten gewirkt hätten. Sie wurden entfernt; sehen Sie sich den Rest zweimal an.";
export const openPage = (host: string) => `Eine Seite von ${host} öffnen?`;
export const open = "Öffnen";
export const address = "Der Gast hat diese Adresse geschrieben:";
export const tellSize = "Dem Gast die Größe dieses Terminals nennen?";
export const type = "Tippen";
export const sizeNote =
  "Eine serielle Leitung überträgt die Größe eines Terminals nicht. An der Eingabe einer Shell sagt sie ihm dies:";
export const typed = "Es wird mit Enter getippt, was der Gast auch gerade tut.";
export const takeOverOf = (vm: string) => `Die Konsole von ${vm} übernehmen?`;
export const takeOver = "Übernehmen";
export const takeOverNote = [
  "Etwas anderes hält sie, etwa ",
  " auf dem Host. Es wird getrennt, was es auch gerade tat.",
] as const;

export const pressOn = (keys: string, vm: string) => `${keys} auf ${vm} drücken?`;
export const press = "Drücken";
