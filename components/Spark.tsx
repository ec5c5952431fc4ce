import { HEIGHT, sparkPath, WIDTH } from "@/components/spark.ts";

interface Props {
  points: (number | null)[];
  /** The value at the top; null takes the largest one. */
  full: number | null;
}

/** The last minutes of a number as a line. Only drawn: the number stands beside it. */
export function Spark({ points, full }: Props) {
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={sparkPath(points, full)} />
    </svg>
  );
}
