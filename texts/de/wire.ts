import { translator } from "../translator.ts";
import { ACCOUNTS } from "./wire/accounts.ts";
import { COMMANDS } from "./wire/commands.ts";
import { CONSOLES } from "./wire/consoles.ts";
import { EVENTS } from "./wire/events.ts";

export const words = translator({ ...EVENTS, ...COMMANDS, ...CONSOLES, ...ACCOUNTS });
