import { number } from "@/components/number.ts";

/** Numbers as people read them, in the language of the page. Everything here gives the same text on the server and in the browser. */

/** A number and its unit, apart, so that a table can align the one and mute the other. */
export type Quantity = readonly [value: string, unit: string];

/** Shown where the hypervisor reports nothing: an absent value must not look like zero. */
export const NOTHING = "–";

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DECIMAL = ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"];

function scaled(value: number, step: number, units: string[]): Quantity {
  let power = 0;
  // 0.9995: what would be rounded up to "1000" is shown in the next unit instead.
  while (value >= step * 0.9995 && power < units.length - 1) {
    value /= step;
    power++;
  }
  const digits = power === 0 || value >= 99.95 ? 0 : 1;
  return [number(value, digits), units[power] ?? ""];
}

/** A moving amount of bytes in binary units, with a fixed decimal so that digits do not jump. */
export function bytes(value: number | null): Quantity {
  return value === null ? [NOTHING, ""] : scaled(value, 1024, BINARY);
}

/** A fixed amount of bytes, such as the size of a disk: `bytes` without a needless ".0". */
export function size(value: number | null): Quantity {
  const [text, unit] = bytes(value);
  return [text.replace(/[.,]0$/, ""), unit];
}

/** Bytes per second in decimal units, as network and disk makers count. */
export function rate(value: number | null): Quantity {
  return value === null ? [NOTHING, ""] : scaled(value, 1000, DECIMAL);
}

/** Percent with one decimal below 100. */
export function percent(value: number | null): Quantity {
  return value === null ? [NOTHING, ""] : [number(value, value >= 99.95 ? 0 : 1), "%"];
}

/** Seconds as the two largest units: "42 s", "4 min 07 s", "2 h 05 min", "3 d 4 h". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [d, h, min, s] = [
    Math.floor(whole / 86400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  if (d > 0) return `${d} d ${h} h`;
  if (h > 0) return `${h} h ${String(min).padStart(2, "0")} min`;
  if (min > 0) return `${min} min ${String(s).padStart(2, "0")} s`;
  return `${s} s`;
}

/** A quantity as one text, with a space that does not break. */
export function plain([value, unit]: Quantity): string {
  return unit === "" ? value : `${value}\u00a0${unit}`;
}

/** The page of a VM. "." and ".." are legal names that an address would swallow: those go by UUID. */
export function vmPath(vm: { name: string; uuid: string }): string {
  return `/vms/${/^\.{1,2}$/.test(vm.name) ? vm.uuid : encodeURIComponent(vm.name)}`;
}
