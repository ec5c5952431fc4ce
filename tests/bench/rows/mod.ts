import type { Row } from "../row.ts";
import { Badge } from "./badge.ts";
import { ConsoleEcho, SERIAL_ECHO, VIRTIO_ECHO } from "./console_echo.ts";
import { ConsoleOutput } from "./console_output.ts";
import { EmptyPageRate } from "./empty_page_rate.ts";
import { Events } from "./events.ts";
import { Executable } from "./executable.ts";
import { FirstPage } from "./first_page.ts";
import { FirstVisit } from "./first_visit.ts";
import { IdleSocket } from "./idle_socket.ts";
import { JavaScriptWeight } from "./javascript_weight.ts";
import { LivePage } from "./live_page.ts";
import { Memory } from "./memory.ts";
import { OpenPage } from "./open_page.ts";
import { PageRate } from "./page_rate.ts";
import { Resume } from "./resume.ts";
import { SampleCPU } from "./sample_cpu.ts";
import { SamplingCost } from "./sampling_cost.ts";
import { SlowViewer } from "./slow_viewer.ts";
import { StatusLatency } from "./status_latency.ts";
import { Usable } from "./usable.ts";
import { Viewers } from "./viewers.ts";

/** Every row, in the order of the table. A new measurement is a file beside this one and a line here. */
export const makeRows = (): Row[] => [
  new StatusLatency(),
  new ConsoleEcho(SERIAL_ECHO),
  new SampleCPU(),
  new SamplingCost(),
  new FirstPage(),
  new Memory(),
  new JavaScriptWeight(),
  new PageRate(),
  new EmptyPageRate(),
  new FirstVisit(),
  new Usable(),
  new Badge(),
  new LivePage(),
  new OpenPage(),
  new ConsoleEcho(VIRTIO_ECHO),
  new ConsoleOutput(),
  new Viewers(),
  new SlowViewer(),
  new Resume(),
  new Events(),
  new IdleSocket(),
  new Executable(),
];
