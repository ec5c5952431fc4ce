/** The facts beside a VM's console. */
export const title = "Hardware";
export const vcpus = "vCPUs";
export const memory = "Memory";
export const machine = "Machine";
export const autostart = "Starts with the host";
export const persistent = "Kept when stopped";
export const transient = "no, it is transient";
export const interfaces = "Interfaces";
export const disks = "Disks";
export const none = "None.";
export const numbered = (number: number) => `Interface ${number}`;
export const uuid = "UUID";
export const empty = "empty";

/** A word of services/vms/hardware.ts, which reads a VM's XML. */
export const word = (english: string): string => english;
