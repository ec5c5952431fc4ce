import assert from "node:assert/strict";
import type { MetricsHistory, Sample } from "@/protocol/mod.ts";
import {
  alone,
  append,
  areas,
  type History,
  merge,
  newsOfHost,
  newsOfVM,
  ofHost,
  ofVM,
  toDraw,
} from "@/components/history.ts";

const START = 1_700_000_400;
const WINDOW = 300;
const MAC = "52:54:00:00:00:01";

const sample = (seconds: number, cpu: number | null = 5, stale = false): Sample => ({
  time: new Date((START + seconds) * 1000).toISOString(),
  stale,
  metrics: {
    cpu: { utilization: cpu },
    memory: { used: 100, total: 200 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
  },
  rates: { rxBytes: 1, txBytes: 2, readBytes: 3, writeBytes: null },
  devices: {
    resident: 150,
    nics: [{ mac: MAC, device: "vnet0", rxBytes: 1, txBytes: 2 }],
    disks: [{ device: "vda", readBytes: 3, writeBytes: null }],
  },
});
const news = (seconds: number, cpu: number | null = 5) => newsOfVM(sample(seconds, cpu));
const empty = (step = 1): History => ({
  step,
  time: [],
  columns: {},
  peaks: {},
  devices: [],
});
const every = (...seconds: number[]) =>
  seconds.reduce((history, at) => append(history, news(at, at), WINDOW), empty());
const times = ({ time }: { time: number[] }) =>
  time.map((at) => Math.round((at - START) * 1000) / 1000);

const names = ({ devices }: History) => devices.map(({ name }) => name);

Deno.test("append adds a sample to every column, and the devices that it names", () => {
  const { time, columns, peaks, devices } = append(empty(), news(0), WINDOW);
  assert.deepEqual(time, [START]);
  assert.deepEqual(columns, {
    "cpu": [5],
    "memory": [100],
    "resident": [150],
    [`nic:${MAC}:in`]: [1],
    [`nic:${MAC}:out`]: [2],
    "disk:vda:in": [3],
    "disk:vda:out": [null],
  });
  assert.deepEqual(peaks, {});
  assert.deepEqual(devices.map(({ kind, name }) => `${kind} ${name}`), ["nic vnet0", "disk vda"]);
});

Deno.test("append ignores a sample that is not newer", () => {
  const history = every(0, 1);
  assert.equal(append(history, news(1), WINDOW), history);
  assert.equal(append(history, news(0), WINDOW), history);
});

Deno.test("append forgets what has left the window", () => {
  const history = every(0, 1, 60, 120, 180, 240, 299, 301);
  assert.deepEqual(times(history), [1, 60, 120, 180, 240, 299, 301]);
  assert.deepEqual(history.columns.cpu, [1, 60, 120, 180, 240, 299, 301]);
});

Deno.test("append has an empty point where no sample came", () => {
  const history = every(0, 1, 90);
  assert.deepEqual(times(history), [0, 1, 1.001, 90]);
  assert.deepEqual(history.columns.cpu, [0, 1, null, 90]);
});

Deno.test("append leaves a device's column empty where it was not there", () => {
  const without = { ...sample(1), devices: { resident: 1, nics: [], disks: [] } };
  const history = append(append(empty(), newsOfVM(without), WINDOW), news(2), WINDOW);
  assert.deepEqual(history.columns["disk:vda:in"], [null, 3]);
});

Deno.test("append joins the samples of one step to their mean and maximum", () => {
  let history = empty(15);
  for (const [second, cpu] of [[5, 10], [10, 40], [15, 3]] as const) {
    history = append(history, news(second, cpu), 3600);
  }
  assert.deepEqual(times(history), [10, 15]);
  assert.deepEqual(history.columns.cpu, [25, 3]);
  assert.deepEqual(history.peaks.cpu, [40, 3]);
});

Deno.test("newsOfVM takes of a stale sample only what was measured", () => {
  const { values } = newsOfVM(sample(0, 7, true));
  assert.equal(values.cpu, 7);
  assert.equal(values[`nic:${MAC}:in`], 1);
  for (const key of ["memory", "resident", "disk:vda:in"]) assert.equal(values[key], null, key);
});

Deno.test("newsOfHost tells of a host whose numbers are not known", () => {
  const host = { cpu: null, memory: null } as Parameters<typeof newsOfHost>[0];
  assert.deepEqual(newsOfHost(host, 7).values, { cpu: null, memory: null });
});

Deno.test("ofVM has the columns of every device, with their maxima", () => {
  const told: MetricsHistory = {
    step: 15,
    time: [START],
    cpu: [1],
    memory: [2],
    resident: [3],
    rxBytes: [4],
    txBytes: [5],
    readBytes: [6],
    writeBytes: [7],
    max: { cpu: [10], memory: [20], resident: [30] },
    nics: [{
      mac: MAC,
      device: null,
      rxBytes: [4],
      txBytes: [5],
      max: { rxBytes: [40], txBytes: [50] },
    }],
    disks: [{ device: "vda", readBytes: [6], writeBytes: [7] }],
  };
  const { columns, peaks, devices } = ofVM(told);
  assert.deepEqual(columns[`nic:${MAC}:out`], [5]);
  assert.deepEqual(columns["disk:vda:in"], [6]);
  assert.deepEqual(peaks, { ...told.max, [`nic:${MAC}:in`]: [40], [`nic:${MAC}:out`]: [50] });
  assert.deepEqual(devices.map(({ name }) => name), [MAC, "vda"]);
});

Deno.test("ofHost has CPU and memory", () => {
  const { columns, peaks } = ofHost({ step: 1, time: [START], cpu: [1], memory: [2] });
  assert.deepEqual({ columns, peaks }, { columns: { cpu: [1], memory: [2] }, peaks: {} });
});

Deno.test("merge adds to the remembered samples only what is newer", () => {
  assert.deepEqual(merge(every(0, 1, 2), every(1, 2, 3, 4), WINDOW), every(0, 1, 2, 3, 4));
  assert.deepEqual(merge(every(0, 1), every(0, 1), WINDOW), every(0, 1));
  assert.deepEqual(merge(empty(), every(5), WINDOW), every(5));
});

Deno.test("toDraw leaves no hole where watchers left and others came", () => {
  for (const away of [6, 20, 40, 60]) {
    const { columns: [cpu] } = toDraw(every(0, 1, 1 + away, 2 + away), ["cpu"]);
    assert.deepEqual(cpu, [0, 1, 1 + away, 1 + away, 2 + away], `${away} s`);
  }
});

Deno.test("toDraw draws no line over a gap", () => {
  const { time, columns: [cpu] } = toDraw(every(0, 1, 90, 91), ["cpu"]);
  assert.deepEqual(cpu, [0, 1, null, 90, 91]);
  assert.ok(time.every((at, i) => i === 0 || at > time[i - 1]!), "times ascend");
});

Deno.test("toDraw shows an average of the slow beat over all its time, and memory as it was", () => {
  const slow = append(append(every(0), news(60, 40), WINDOW), news(61, 2), WINDOW);
  slow.columns.memory = [100, 700, 800];
  const drawn = toDraw(slow, ["cpu", "memory"]);
  assert.deepEqual(times(drawn), [0, 0.001, 60, 61]);
  assert.deepEqual(drawn.columns, [[0, 40, 40, 2], [100, 100, 700, 800]]);
  assert.deepEqual(drawn.points, [0, 1, 1, 2]);
});

Deno.test("toDraw joins points of a coarse step", () => {
  const coarse: History = {
    ...empty(120),
    time: [START, START + 120, START + 300],
    columns: { cpu: [1, 2, 3] },
  };
  assert.equal(toDraw(coarse, ["cpu"]).time.length, 3);
});

Deno.test("append keeps a device that is gone for as long as something of it is in view", () => {
  const plugged = sample(0);
  plugged.devices!.disks.push({ device: "vdb", readBytes: 1, writeBytes: 1 });
  let history = append(empty(), newsOfVM(plugged), WINDOW);
  history = append(history, news(1), WINDOW);
  assert.deepEqual(names(history), ["vnet0", "vda", "vdb"]);
  history = append(history, news(WINDOW), WINDOW);
  assert.deepEqual(names(history), ["vnet0", "vda", "vdb"]);
  history = append(history, news(WINDOW + 1), WINDOW);
  assert.deepEqual(names(history), ["vnet0", "vda"]);
});

Deno.test("append keeps a device that is there and tells nothing", () => {
  const silent = (seconds: number) => {
    const quiet = sample(seconds);
    quiet.devices!.nics = [{ mac: MAC, device: "vnet0", rxBytes: null, txBytes: null }];
    return newsOfVM(quiet);
  };
  const history = append(append(empty(), silent(0), WINDOW), silent(1), WINDOW);
  assert.deepEqual(names(history), ["vnet0", "vda"]);
});

Deno.test("merge brings no device back of which there is nothing to see", () => {
  const plugged = sample(0);
  plugged.devices!.disks.push({ device: "vdb", readBytes: 1, writeBytes: 1 });
  const live = append(append(empty(), newsOfVM(plugged), 86_400), news(600), 86_400);
  assert.deepEqual(names(live), ["vnet0", "vda", "vdb"]);
  assert.deepEqual(names(merge(every(599), live, WINDOW)), ["vnet0", "vda"]);
});

Deno.test("alone finds the points that no line leads to", () => {
  const cases: [column: (number | null)[], found: number[]][] = [
    [[], []],
    [[5], [0]],
    [[0, null], [0]],
    [[null, 5, null, 5, 5, null, null, 5], [1, 7]],
    [[5, 5], []],
  ];
  for (const [column, found] of cases) assert.deepEqual(alone(column), found);
});

Deno.test("areas shades below the first line, and up to the peaks of what moves", () => {
  const columns = { memory: [100, 200], resident: [300, 400], in: [1, 2], out: [3, 4] };
  const peaks = { memory: [150, 250], resident: [350, 450], in: [5, 6], out: [7, 8] };
  const fine: History = { ...empty(1), time: [START, START + 1], columns };
  const coarse: History = { ...empty(120), time: [START, START + 120], columns, peaks };
  const shaded = (history: History, ...keys: string[]) =>
    areas(history, toDraw(history, keys), keys);
  assert.deepEqual(shaded(fine, "memory", "resident"), [[100, 200], []]);
  assert.deepEqual(shaded(fine, "in", "out"), [[1, 2], []]);
  assert.deepEqual(shaded(coarse, "memory", "resident"), [[150, 250], []]);
  assert.deepEqual(shaded(coarse, "in", "out"), [[5, 6], [7, 8]]);
});
