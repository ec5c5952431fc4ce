/**
 * Where each value lies in the parameters of a virDomainStatsRecord. Their names take 80 bytes each and are
 * the same from tick to tick, and for all domains with the same devices: an order of parameters is
 * understood once, and only compared from then on.
 */
import type { BlockStats, DomainStats, InterfaceStats } from "./domain_stats.ts";
import { wordsOfString } from "./interning.ts";
import { charsAt, internedString } from "./memory.ts";
import { parseField } from "./stats_fields.ts";
import type { BalloonKey, BlockKey, InterfaceKey } from "./stats_fields.ts";
import {
  FIELD_LENGTH,
  numberValue,
  PARAMETER_SIZE,
  ParameterType,
  TYPE_OFFSET,
  VALUE_OFFSET,
} from "./typed_parameters.ts";

/** `count` virTypedParameters, in two views of the same memory. */
export interface Parameters {
  view: DataView<ArrayBuffer>;
  words: Int32Array;
  count: number;
}

/** The numbers there are, and where their parameters start. */
type Places<Key extends string> = [key: Key, start: number][];
interface DevicePlaces<Key extends string> {
  /** Null when it has none. */
  name: number | null;
  numbers: Places<Key>;
}

const WORD = 4;

export class StatsLayout {
  readonly #count: number;
  /** Which words are names and types, and what they were. */
  readonly #words: Int32Array;
  readonly #expected: Int32Array;
  readonly #numbers: Places<"state" | "reason" | "cpuTime"> = [];
  #balloon: Places<BalloonKey> | undefined;
  #interfaces: DevicePlaces<InterfaceKey>[] | undefined;
  #blocks: DevicePlaces<BlockKey>[] | undefined;
  /** Kept, since V8 throws compiled code away with the last object of a shape that it was made for. */
  #last: DomainStats | undefined;

  constructor({ view, words, count }: Parameters) {
    this.#count = count;
    const fixed: number[] = [];
    for (let start = 0; start < count * PARAMETER_SIZE; start += PARAMETER_SIZE) {
      this.#place(charsAt(view, start, FIELD_LENGTH), start);
      const first = start / WORD;
      const length = wordsOfString(words, first, FIELD_LENGTH / WORD);
      for (let n = 0; n < length; n++) fixed.push(first + n);
      fixed.push((start + TYPE_OFFSET) / WORD);
    }
    this.#words = Int32Array.from(fixed);
    this.#expected = this.#words.map((at) => words[at]!);
  }

  /** Whether these have the same names and types in the same order. */
  fits({ words, count }: Parameters): boolean {
    if (count !== this.#count) return false;
    const at = this.#words;
    const expected = this.#expected;
    for (let n = 0; n < at.length; n++) if (words[at[n]!] !== expected[n]) return false;
    return true;
  }

  /** What parameters that fit say about the domain with this UUID. */
  read({ view }: Parameters, uuid: string): DomainStats {
    const stats: DomainStats = { uuid };
    readNumbers(stats, this.#numbers, view);
    if (this.#balloon) readNumbers(stats.balloon = {}, this.#balloon, view);
    if (this.#interfaces) {
      readDevices<InterfaceStats>(stats.interfaces = [], this.#interfaces, view);
    }
    if (this.#blocks) readDevices<BlockStats>(stats.blocks = [], this.#blocks, view);
    return this.#last = stats;
  }

  #place(name: string, start: number): void {
    const field = parseField(name);
    switch (field.group) {
      case "state":
        this.#numbers.push([field.key, start]);
        return;
      case "cpu":
        this.#numbers.push(["cpuTime", start]);
        return;
      case "balloon":
        (this.#balloon ??= []).push([field.key, start]);
        return;
      case "interfaces":
        this.#interfaces ??= [];
        return;
      case "blocks":
        this.#blocks ??= [];
        return;
      case "interface": {
        const device = deviceAt(this.#interfaces ??= [], field.index);
        if (field.key === "name") device.name = start;
        else device.numbers.push([field.key, start]);
        return;
      }
      case "block": {
        const device = deviceAt(this.#blocks ??= [], field.index);
        if (field.key === "name") device.name = start;
        else device.numbers.push([field.key, start]);
      }
    }
  }
}

function deviceAt<Key extends string>(devices: DevicePlaces<Key>[], index: number) {
  for (let at = devices.length; at <= index; at++) devices.push({ name: null, numbers: [] });
  return devices[index]!;
}

function readDevices<Stats extends { name: string }>(
  stats: Stats[],
  devices: DevicePlaces<Exclude<keyof Stats & string, "name">>[],
  view: DataView,
): void {
  for (const { name, numbers } of devices) {
    const device = { name: name === null ? "" : nameAt(view, name) } as Stats;
    readNumbers(device, numbers, view);
    stats.push(device);
  }
}

function readNumbers(stats: object, places: Places<string>, view: DataView): void {
  for (const [key, start] of places) {
    (stats as Record<string, number>)[key] = numberValue(view, start);
  }
}

function nameAt(view: DataView, start: number): string {
  if (view.getInt32(start + TYPE_OFFSET, true) !== ParameterType.string) return "";
  return internedString(view.getBigUint64(start + VALUE_OFFSET, true));
}

/** More than any host has; beyond it somebody feeds us ever new ones, and we start over. */
const LIMIT = 1_024;
const known: StatsLayout[] = [];

/** The layout of these parameters. */
export function layoutOf(parameters: Parameters): StatsLayout {
  for (const layout of known) if (layout.fits(parameters)) return layout;
  if (known.length === LIMIT) known.length = 0;
  const layout = new StatsLayout(parameters);
  known.push(layout);
  return layout;
}
