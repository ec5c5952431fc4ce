import { Audit } from "@/services/audit/mod.ts";
import type { Config } from "@/services/config/mod.ts";
import type { Store } from "@/services/store/mod.ts";

/** The audit log for what is done on the command line: it tells which account of the system did it. */
export async function commandLineAudit(
  store: Store,
  { dataDir, auditRetention }: Pick<Config, "dataDir" | "auditRetention">,
): Promise<Audit> {
  return new Audit(store, dataDir, auditRetention, await person());
}

async function person() {
  const sudoUser = Deno.env.get("SUDO_USER");
  return { osUser: await osUser(), ...(sudoUser === undefined ? {} : { sudoUser }) };
}

/** An account may have no name, in a container for instance. */
async function osUser(): Promise<string> {
  const { userInfo } = await import("node:os");
  try {
    return userInfo().username;
  } catch {
    return `uid ${Deno.uid()}`;
  }
}
