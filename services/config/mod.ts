import { type Config, configOf, InvalidSetting, SETTINGS } from "./settings.ts";

export type { Address } from "./kinds.ts";
export { type Config, type Setting, SETTINGS } from "./settings.ts";

/** A setting that cannot be used; the message is the one line that a person needs. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Values = Record<string, unknown>;

/**
 * Puts the configuration together: flags over environment over file over defaults.
 *
 * @param flags by flag name without dashes; `config` names the file
 * @param environment where variables are looked up
 * @throws ConfigError for a value or key that is wrong, saying where it stands
 */
export async function loadConfig(
  flags: Record<string, string>,
  environment: { get(name: string): string | undefined } = Deno.env,
): Promise<Config> {
  const file = flags.config ?? environment.get("VIRTGLASS_CONFIG");
  const fromFile = file === undefined ? {} : await readFile(file);
  const values: Values = {};
  const places = new Map<string, string>();
  for (const { name, key, flag, variable } of SETTINGS) {
    const candidates = [
      [flags[flag], `--${flag}`],
      [environment.get(variable), variable],
      [fromFile[key], `${file}: ${key}`],
    ] as const;
    const given = candidates.find(([value]) => value !== undefined);
    if (!given) continue;
    values[name] = given[0];
    places.set(name, given[1]);
  }
  try {
    return configOf(values);
  } catch (error) {
    if (!(error instanceof InvalidSetting)) throw error;
    const { setting, message } = error;
    throw new ConfigError(setting === null ? message : `${places.get(setting)}: ${message}`);
  }
}

/** The file's settings by key, tables flattened: `[console] linger = 5` is `console.linger`. */
async function readFile(file: string): Promise<Values> {
  const text = await Deno.readTextFile(file).catch((error) => {
    throw new ConfigError(`Cannot read the config file "${file}": ${error.message}`);
  });
  const { parse, TomlError } = await import("smol-toml");
  let tables: Values;
  try {
    tables = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The parser's first line says what is wrong, the others draw where.
    const what = error.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    throw new ConfigError(`${file}, line ${error.line}, is not TOML: ${what}`);
  }
  const flat = new Map<string, unknown>();
  for (const [written, value] of flattened(tables)) {
    // `auth.queryToken` is `auth.query-token`.
    const key = written.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (flat.has(key)) throw new ConfigError(`${file}: ${key} is given twice.`);
    flat.set(key, value);
  }
  const known = new Set(SETTINGS.map(({ key }) => key));
  const unknown = [...flat.keys()].find((key) => !known.has(key));
  if (unknown === undefined) return Object.fromEntries(flat);
  throw new ConfigError(
    `${file}: there is no setting "${unknown}". Known are ${[...known].join(", ")}.`,
  );
}

/** Tables that hold settings are opened; whatever else stands there is a value, right or wrong. */
function flattened(table: Values, prefix = ""): [key: string, value: unknown][] {
  return Object.entries(table).flatMap(([name, value]) => {
    const key = prefix + name;
    const open = isTable(value) && SETTINGS.some((setting) => setting.key.startsWith(`${key}.`));
    return open ? flattened(value, `${key}.`) : [[key, value]];
  });
}

const isTable = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
