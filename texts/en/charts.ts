export const load = "Load";
export const backToLast = (range: string) => `Back to the last ${range}`;
export const howFarBack = "How far back";
export const theLast = (range: string) => `The last ${range}`;
export const chart = "chart";
export const keys =
  "Plus and minus zoom, the arrow keys move, Escape goes back. With Shift, the arrow keys go from point to point.";
export const ago = (span: string) => `${span} ago`;
export const now = "now";
export const between = (from: string, to: string) => `${from} to ${to}`;
export const lastSample = (age: string) => `last sample ${age} ago`;
export const silent = "the VM does not answer";
export const most = (value: string) => ` max ${value}`;

export const cpu = "CPU";
export const memory = "Memory";
export const used = "used";
export const onHost = "on the host";
export const network = (name: string) => `Network ${name}`;
export const disk = (name: string) => `Disk ${name}`;
export const received = "in";
export const sent = "out";
export const read = "read";
export const write = "write";
