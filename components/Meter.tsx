/**
 * A slim bar for a part of a whole, `value` in percent; null leaves it empty. Only drawn: the number
 * stands beside it. SVG, because the pages' security policy forbids style attributes.
 */
export function Meter({ value }: { value: number | null }) {
  const width = Math.min(100, Math.max(0, value ?? 0));
  return (
    <svg
      class={width >= 90 ? "meter meter-high" : "meter"}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="meter-fill" width={width.toFixed(1)} height="1" />
    </svg>
  );
}

/** `part` of `whole` in percent, null where either is not known. */
export function share(part: number | null | undefined, whole: number | null | undefined) {
  return part == null || !whole ? null : (part / whole) * 100;
}
