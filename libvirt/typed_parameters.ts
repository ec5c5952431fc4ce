/**
 * virTypedParameter arrays: named values of mixed types, 96 bytes each.
 * https://libvirt.org/html/libvirt-libvirt-common.html#virTypedParameter
 */
import { charsAt, copyMemory, stringAt, uint64At } from "./memory.ts";

export const PARAMETER_SIZE = 96;
export const TYPE_OFFSET = 80;
export const VALUE_OFFSET = 88;
export const FIELD_LENGTH = 80;

/** virTypedParameterType. */
export const ParameterType = {
  int32: 1,
  uint32: 2,
  int64: 3,
  uint64: 4,
  double: 5,
  boolean: 6,
  string: 7,
} as const;

export type ParameterValue = string | number | boolean | null;

/** The value of the parameter that starts at `start`. 64 bit numbers above 2^53 are rounded. */
export function parameterValue(view: DataView, start: number): ParameterValue {
  const at = start + VALUE_OFFSET;
  switch (view.getInt32(start + TYPE_OFFSET, true)) {
    case ParameterType.int32:
      return view.getInt32(at, true);
    case ParameterType.uint32:
      return view.getUint32(at, true);
    case ParameterType.int64:
      return Number(view.getBigInt64(at, true));
    case ParameterType.uint64:
      return uint64At(view, at);
    case ParameterType.double:
      return view.getFloat64(at, true);
    case ParameterType.boolean:
      return view.getInt8(at) !== 0;
    case ParameterType.string:
      return stringAt(view, at);
    default:
      return null;
  }
}

/** The same where only a number will do: 0 for anything else. */
export function numberValue(view: DataView, start: number): number {
  // Nearly all are of this type, and there are thousands a second.
  if (view.getInt32(start + TYPE_OFFSET, true) === ParameterType.uint64) {
    return uint64At(view, start + VALUE_OFFSET);
  }
  const value = parameterValue(view, start);
  return typeof value === "number" ? value : 0;
}

/** Copies an array that stays libvirt's, by field name. */
export function readParameters(
  pointer: Deno.PointerValue,
  count: number,
): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {};
  if (pointer === null) return values;
  const view = copyMemory(pointer, count * PARAMETER_SIZE);
  for (let start = 0; start < view.byteLength; start += PARAMETER_SIZE) {
    values[charsAt(view, start, FIELD_LENGTH)] = parameterValue(view, start);
  }
  return values;
}
