import type { Row } from "../row.ts";
import { ConsoleEcho } from "./console_echo.ts";
import { FirstPage } from "./first_page.ts";
import { JavaScriptWeight } from "./javascript_weight.ts";
import { Memory } from "./memory.ts";
import { PageRate } from "./page_rate.ts";
import { SampleCPU } from "./sample_cpu.ts";
import { SamplingCost } from "./sampling_cost.ts";
import { StatusLatency } from "./status_latency.ts";

/** Every row, in the order of the table. A new measurement is a file beside this one and a line here. */
export const makeRows = (): Row[] => [
  new StatusLatency(),
  new ConsoleEcho(),
  new SampleCPU(),
  new SamplingCost(),
  new FirstPage(),
  new Memory(),
  new JavaScriptWeight(),
  new PageRate(),
];
