import { translator } from "../translator.ts";
import { ACCOUNTS } from "./wire/accounts.ts";
import { COMMANDS } from "./wire/commands.ts";
import { CONSOLES } from "./wire/consoles.ts";
import { EVENTS } from "./wire/events.ts";
import { LINK } from "./wire/link.ts";

// Pure: who does not use it, is not given it.
export const words = /* @__PURE__ */ translator({
  ...EVENTS,
  ...COMMANDS,
  ...CONSOLES,
  ...ACCOUNTS,
  ...LINK,
});
