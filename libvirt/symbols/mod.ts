import { connectSymbols } from "./connect.ts";
import { domainSymbols } from "./domain.ts";
import { errorSymbols } from "./error.ts";
import { eventSymbols, glibSymbols } from "./event.ts";
import { hostSymbols } from "./host.ts";
import { memorySymbols } from "./memory.ts";
import { snapshotSymbols } from "./snapshot.ts";
import { statsSymbols } from "./stats.ts";
import { storageSymbols } from "./storage.ts";
import { streamSymbols } from "./stream.ts";

/** Every C function we bind, by its C name. */
export const symbols = {
  ...memorySymbols,
  ...errorSymbols,
  ...eventSymbols,
  ...glibSymbols,
  ...connectSymbols,
  ...hostSymbols,
  ...domainSymbols,
  ...snapshotSymbols,
  ...statsSymbols,
  ...storageSymbols,
  ...streamSymbols,
} as const satisfies Deno.ForeignLibraryInterface;
