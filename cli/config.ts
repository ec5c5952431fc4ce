import { type Config, ConfigError, loadConfig, SETTINGS } from "@/services/config/mod.ts";
import { openCertificates } from "@/services/network/tls.ts";
import type { Arguments } from "./arguments.ts";

/** `virtglass config check FILE` and `virtglass config list`. */
export async function config({ positionals: [action, file] }: Arguments): Promise<void> {
  if (action === "list") return console.log(settings());
  // The file alone: a variable would stand above it, and hide what is wrong with it.
  await demandCertificate(file!, await loadConfig({ config: file! }, new Map()));
  console.log(`${file} is good.`);
}

/** One that is given must be there and fit its key. Without, the server makes its own: not here. */
async function demandCertificate(file: string, config: Config): Promise<void> {
  if (config.tlsCert === undefined) return;
  try {
    using _certificates = await openCertificates(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${file}: tls-cert, tls-key: ${error.message}`, { cause: error });
  }
}

/** All settings, a few lines each, as the config file names them. */
function settings(): string {
  return SETTINGS.map(({ key, value, help, usual, range }) => {
    const told = [usual === null ? null : `default ${usual}`, range].filter((text) =>
      text !== null
    );
    const facts = told.length > 0 ? `\n    ${told.join("; ")}` : "";
    return `${key} = ${value}\n    ${help}${facts}`;
  }).join("\n");
}
