export const page = "Einrichten";
export const title = "Den ersten Admin anlegen";
export const about = [
  "Er darf alles und bestimmt, wer sonst was darf. Der Einrichtungscode steht auf dem Terminal, in dem virtglass gestartet wurde, und in der Datei ",
  " seines Datenordners.",
] as const;
export const code = "Einrichtungscode";
export const codeHint = "Gilt eine Stunde; jeder Start macht einen neuen.";
export const name = "Name";
export const password = "Passwort";
export const passwordHint = "Mindestens 8 Zeichen und nicht schnell zu erraten.";
export const make = "Admin anlegen";
