export const heading = (host: string) => `Host ${host}`;
export const running = "Laufende VMs";
export const ofAll = (count: number) => `von ${count}`;
export const noneDefined = "keine angelegt";
export const allOfThem = "alle";
export const cpu = "CPU";
export const memory = "Speicher";
export const ofMemory = (size: string) => `von ${size}`;
export const storage = "Massenspeicher";
export const ofStorage = (size: string, pool: string, pools: number) =>
  `von ${size}, Pool ${pool}${pools > 1 ? `, der vollste von ${pools}` : ""}`;
export const notReported = "nicht gemeldet";
export const libvirt = "libvirt";
export const connected = "verbunden";
export const up = (time: string) => `Host läuft seit ${time}`;
export const lost = "Getrennt";

export const others = {
  paused: "angehalten",
  shutdown: "beim Herunterfahren",
  crashed: "abgestürzt",
  stopped: "aus",
  unknown: "unbekannt",
};

export const noVMs = "Noch keine virtuellen Maschinen";
export const noVMsNote = [
  "Dieser Host hat keine, die Sie sehen dürfen. Eine, die mit ",
  " oder ",
  " angelegt wird, erscheint hier von selbst.",
] as const;
