export const title = "Virtuelle Maschinen";
export const columns = {
  name: "Name",
  state: "Zustand",
  cpu: "CPU",
  memory: "Speicher",
  network: "Netz",
  disk: "Platten",
  addresses: "Adressen",
  uptime: "Laufzeit",
};
export const select = (vm: string) => `${vm} auswählen`;
export const selectAll = "Alle gezeigten auswählen";
export const cores = (taken: string | null, vcpus: number) =>
  `${taken === null ? "" : `${taken} von `}${vcpus} vCPU${vcpus === 1 ? "" : "s"}`;
export const ofMemory = (size: string) => `/ ${size}`;

export const received = "empfangen";
export const sent = "gesendet";
export const read = "gelesen";
export const written = "geschrieben";
export const readSign = "L";
export const writtenSign = "S";

export const filter = "Nach Name, Notiz, Zustand oder Adresse filtern";
export const oneList = "Eine Liste";
export const group = "Nach Zustand gruppieren";
export const count = (all: number) => `${all} VM${all === 1 ? "" : "s"}`;
export const countOf = (shown: number, all: number) => `${shown} von ${all} VMs`;
