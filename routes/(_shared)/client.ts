import type { State } from "@/services/mod.ts";
import { deviceOf } from "@/services/identity/device.ts";
import type { Client } from "@/services/identity/sessions.ts";

/** Where somebody signs in from. */
export function client(request: Request, { address }: State): Client {
  return { address, device: deviceOf(request.headers.get("user-agent")) };
}
