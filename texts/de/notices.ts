export const title = "Meldungen";
export const closeOne = "Diese Meldung schließen";
export const none = "Seit dieser Tab geöffnet wurde, ist nichts schiefgegangen.";
export const onDesktop = "Auf dem Desktop zeigen";
export const allActivity = "Gesamte Aktivität";

export const libvirtBack = "libvirt ist wieder da";
export const libvirtLost = "libvirt ist weg";
export const theHost = "Der Host";
export const failed = (label: string, vm: string) => `${vm}: ${label} ist gescheitert`;
export const pausedByError = (vm: string) => `${vm} wurde durch einen Fehler angehalten`;
export const crashed = (vm: string) => `${vm} ist abgestürzt`;
export const manyChanged = (count: number) => `${count} VMs haben sich geändert`;

export const copied = "Kopiert";
export const notCopied = "Nicht kopiert";
export const copyByHand =
  "Der Browser gibt seine Zwischenablage nicht her: Der Text ist markiert, kopieren Sie ihn von Hand.";
