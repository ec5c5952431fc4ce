export const load = "Last";
export const backToLast = (range: string) => `Zurück zu den letzten ${range}`;
export const howFarBack = "Wie weit zurück";
export const theLast = (range: string) => `Die letzten ${range}`;
export const chart = "Diagramm";
export const keys =
  "Plus und Minus zoomen, die Pfeiltasten verschieben, Escape geht zurück. Mit Umschalttaste gehen die Pfeiltasten von Punkt zu Punkt.";
export const ago = (span: string) => `vor ${span}`;
export const now = "jetzt";
export const between = (from: string, to: string) => `${from} bis ${to}`;
export const lastSample = (age: string) => `letzter Wert vor ${age}`;
export const silent = "die VM antwortet nicht";
export const most = (value: string) => ` max. ${value}`;

export const cpu = "CPU";
export const memory = "Speicher";
export const used = "benutzt";
export const onHost = "auf dem Host";
export const network = (name: string) => `Netz ${name}`;
export const disk = (name: string) => `Platte ${name}`;
export const received = "ein";
export const sent = "aus";
export const read = "lesen";
export const write = "schreiben";
