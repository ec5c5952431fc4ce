interface Props {
  /** Rows of modules: true is dark. A quiet edge is part of it. */
  modules: boolean[][];
  label: string;
}

/** A QR code, dark on white in every theme: cameras read no other. */
export function QRCode({ modules, label }: Props) {
  const size = modules.length;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="white" />
      <path d={modules.map(rowPath).join("")} fill="black" shape-rendering="crispEdges" />
    </svg>
  );
}

/** Dark modules that touch are one bar. */
function rowPath(row: boolean[], y: number): string {
  const bars = row.map((dark) => dark ? "#" : " ").join("").matchAll(/#+/g);
  return Array.from(bars, ({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`)
    .join("");
}
