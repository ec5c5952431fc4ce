export const title = "Aktivität";
export const whatToShow = "Was zu zeigen ist";
export const shows = { all: "Alles", command: "Befehle", event: "Ereignisse", console: "Konsolen" };
export const kinds = { command: "Befehl", event: "Ereignis", console: "Konsole" };
export const by = (user: string) => `von ${user}`;
export const took = (duration: string) => `dauerte ${duration}`;
export const tryAgain = "Noch einmal";
export const vm = "VM";
export const user = "Benutzer";
export const pages = "Seiten der Aktivität";
export const nothing = "Noch nichts";
export const appears = "Was geschieht, erscheint hier von selbst.";
export const appearsOf = (show: string) => `${show}: Was geschieht, erscheint hier von selbst.`;
export const incomplete = "Einiges, was inzwischen geschah, fehlt hier.";
export const again = "Seite neu laden";
export const none = "Nichts";
export const noneNote = "Nichts, was aufbewahrt ist, entspricht der Frage.";

export const visits = {
  attach: "Kam an die Konsole",
  detach: "Verließ die Konsole",
  takeover: "Übernahm die Konsole",
};
export const console = "Konsole";

export const rebooted = "Neu gebootet";
export const ioError = "E/A-Fehler";
export const agent = (state: string) => `Guest-Agent ${state}`;

const KINDS: Record<string, string> = {
  rtc: "Uhr gestellt",
  watchdog: "Watchdog",
  graphics: "Grafik",
  control_error: "Fehler der Steuerung",
  block_job: "Block-Job",
  disk_change: "Platte gewechselt",
  tray_change: "Laufwerk bewegt",
  balloon: "Speicher geändert",
  memory_device_size_change: "Größe eines Speichermoduls geändert",
  pm_suspend: "Schlafen gelegt",
  pm_suspend_disk: "In den Ruhezustand versetzt",
  pm_wakeup: "Aufgeweckt",
  tunable: "Einstellung geändert",
  job_completed: "Auftrag fertig",
  migration_iteration: "Migration: noch ein Durchgang",
  device_removed: "Gerät entfernt",
  device_added: "Gerät hinzugefügt",
  device_removal_failed: "Gerät ließ sich nicht entfernen",
  metadata_change: "Metadaten geändert",
  block_threshold: "Schwelle einer Platte erreicht",
  memory_failure: "Speicherfehler",
};
export const event = (kind: string) => KINDS[kind] ?? kind.replaceAll("_", " ");
