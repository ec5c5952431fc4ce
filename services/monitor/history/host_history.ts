import type { Host, HostHistory as Told } from "@/protocol/mod.ts";
import type { Moment } from "../../clock.ts";
import { History, type Span } from "./history.ts";
import type { Subject } from "./subject.ts";
import { percent, whole } from "./told.ts";

/** CPU and memory of the host itself. */
export class HostHistory implements Subject {
  readonly history = new History(2);
  readonly series = ["cpu", "memory"];

  adopt(series: string[]): boolean {
    return String(series) === String(this.series);
  }

  /** @param at in ms of the steady clock */
  take({ cpu, memory }: Host, at: number): void {
    this.history.row[0] = cpu?.utilization ?? NaN;
    this.history.row[1] = memory?.used ?? NaN;
    this.history.push(at);
  }

  told(span: Span, moment: Moment): Told {
    const { time, means: [cpu, memory], most } = this.history.points(span, moment);
    return {
      step: span.step,
      time,
      cpu: cpu!.map(percent),
      memory: memory!.map(whole),
      ...(span.step > 1 && { max: { cpu: most[0]!.map(percent), memory: most[1]!.map(whole) } }),
    };
  }
}
