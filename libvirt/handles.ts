/** What is alive of libvirt's, counted, so that a test can say that nothing leaked. */
export interface OpenHandles {
  connections: number;
  domains: number;
  snapshots: number;
  pools: number;
  streams: number;
  callbacks: number;
}

const open: OpenHandles = {
  connections: 0,
  domains: 0,
  snapshots: 0,
  pools: 0,
  streams: 0,
  callbacks: 0,
};

export function countHandle(kind: keyof OpenHandles, change: 1 | -1): void {
  open[kind] += change;
}

/** Live objects of this process: connections, domains, snapshots, pools, streams, and callbacks registered in libvirt. */
export function openHandles(): OpenHandles {
  return { ...open };
}

/** Warns of handles that were dropped without being closed. It frees nothing: that would free twice. */
export const forgotten = new FinalizationRegistry((what: string) => {
  console.warn(`libvirt: ${what} was garbage collected without being closed`);
});
