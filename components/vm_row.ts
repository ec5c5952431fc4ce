import type { Listed } from "@/components/listed.ts";
import type { Spark } from "@/components/spark.ts";

/** A VM as the table of the host shows it. */
export type Row = Listed & { spark: Spark };
