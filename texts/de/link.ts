import { translator } from "../translator.ts";
import { LINK } from "./wire/link.ts";

export const live = "Live";
export const reconnecting = "Verbinde neu";
export const inSeconds = (seconds: number) => ` in ${seconds} s`;
export const offline = "Offline";
export const signInAgain = "Abgemeldet: anmelden";
export const unreachable = "Der Server ist nicht erreichbar.";

export const reload = "Der Server hat diese Seite nicht verstanden. Laden Sie sie neu.";
export const signedOut = "Sie wurden abgemeldet.";
export const forbidden = "Sie dürfen das nicht mehr sehen.";
export const gone = "Diese VM gibt es nicht mehr.";

export const silent = "libvirt antwortet nicht";
export const silentFor = (duration: string) => `(seit ${duration})`;
export const lastKnown = "Unten steht der letzte bekannte Stand.";

export const said = /* @__PURE__ */ translator(LINK);
