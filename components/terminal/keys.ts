import type { Keys } from "@/protocol/mod.ts";

/** Keys that a browser or a phone keeps for itself, by name, with what a terminal sends for them. */
export const KEYS: readonly (readonly [name: string, sequence: string])[] = [
  ["Ctrl C", "\x03"],
  ["Ctrl D", "\x04"],
  ["Ctrl Z", "\x1a"],
  ["Ctrl \\", "\x1c"],
  ["Ctrl L", "\x0c"],
  ["Ctrl W", "\x17"],
  ["Esc", "\x1b"],
  ["Tab", "\t"],
  ["F1", "\x1bOP"],
  ["F2", "\x1bOQ"],
  ["F3", "\x1bOR"],
  ["F4", "\x1bOS"],
  ["F5", "\x1b[15~"],
  ["F6", "\x1b[17~"],
  ["F7", "\x1b[18~"],
  ["F8", "\x1b[19~"],
  ["F9", "\x1b[20~"],
  ["F10", "\x1b[21~"],
  ["F11", "\x1b[23~"],
  ["F12", "\x1b[24~"],
];

/** Keys of the VM's keyboard, which no serial line has; true after which the guest is not what it was. */
const OF_KEYBOARD = {
  "ctrl-alt-delete": true,
  "sysrq-h": false,
  "sysrq-s": false,
  "sysrq-u": true,
  "sysrq-w": false,
  "sysrq-m": false,
  "sysrq-e": true,
  "sysrq-b": true,
} satisfies Record<Keys, boolean>;

export const KEYBOARD = Object.keys(OF_KEYBOARD) as Keys[];

/** Whether one is asked before they are pressed. */
export const asksFirst = (keys: Keys): boolean => OF_KEYBOARD[keys];
