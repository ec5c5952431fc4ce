import { HEIGHT, sparkPath, WIDTH } from "@/components/spark.ts";

interface Props {
  points: (number | null)[];
  /** The value at the top; null takes the largest one. */
  full: number | null;
}

/**
 * The last minutes of a number as a line, once there are two points in a row. Only drawn: the number stands
 * beside it.
 */
export function Spark({ points, full }: Props) {
  const path = sparkPath(points, full);
  if (!path.includes("L")) return null;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
