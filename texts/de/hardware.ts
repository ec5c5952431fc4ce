import { translator } from "../translator.ts";

export const title = "Hardware";
export const vcpus = "vCPUs";
export const memory = "Speicher";
export const machine = "Maschine";
export const autostart = "Startet mit dem Host";
export const persistent = "Bleibt nach dem Ausschalten";
export const transient = "nein, sie ist flüchtig";
export const interfaces = "Netzschnittstellen";
export const disks = "Platten";
export const none = "Keine.";
export const numbered = (number: number) => `Schnittstelle ${number}`;
export const uuid = "UUID";
export const empty = "leer";

export const word = /* @__PURE__ */ translator({
  "Processor": "Prozessor",
  "Memory": "Speicher",
  "Boot and firmware": "Start und Firmware",
  "Disks": "Platten",
  "Interfaces": "Netzschnittstellen",
  "Interface {}": "Schnittstelle {1}",
  "Graphics": "Grafik",
  "Consoles": "Konsolen",
  "Other devices": "Andere Geräte",
  "Mode": "Modus",
  "Model": "Modell",
  "Topology": "Topologie",
  "Pinned to host CPUs": "Fest auf Host-CPUs",
  "Most": "Höchstens",
  "Given now": "Jetzt zugeteilt",
  "Huge pages": "Große Speicherseiten",
  "Locked in the host's memory": "Im Speicher des Hosts festgehalten",
  "Architecture": "Architektur",
  "Machine": "Maschine",
  "Loader": "Lader",
  "Boots from": "Startet von",
  "Initial RAM disk": "Initiale RAM-Disk",
  "Boot order": "Startreihenfolge",
  "Kind": "Art",
  "Source": "Quelle",
  "Cache": "Zwischenspeicher",
  "Read-only": "Nur lesbar",
  "Shared": "Geteilt",
  "Serial number": "Seriennummer",
  "Type": "Typ",
  "Link": "Verbindung",
  "Listens on": "Lauscht auf",
  "TLS port": "TLS-Port",
  "Heads": "Ausgänge",
  "On the host": "Auf dem Host",
  "Channel": "Kanal",
  "Host device": "Gerät des Hosts",
  "File system": "Dateisystem",
  "Random numbers": "Zufallszahlen",
  "Target": "Ziel",
  "Action": "Aktion",
  "yes": "ja",
  "no": "nein",
  "empty": "leer",
  "chosen at start": "beim Start gewählt",
  "{} of {}": "{1} von {2}",
  "{}.{} GiB": "{1},{2} GiB",
  "{}.{} MiB": "{1},{2} MiB",
  "{} socket": "{1} Sockel",
  "{} sockets": "{1} Sockel",
  "{} die": "{1} Die",
  "{} dies": "{1} Dies",
  "{} core": "{1} Kern",
  "{} cores": "{1} Kerne",
  "{} thread": "{1} Thread",
  "{} threads": "{1} Threads",
  "{}, then {}": "{1}, dann {2}",
  "hd": "Platte",
  "network": "Netz",
  "{}, {}": "{1}, {2}",
});
