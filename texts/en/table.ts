export const title = "Virtual machines";
export const columns = {
  name: "Name",
  state: "State",
  cpu: "CPU",
  memory: "Memory",
  network: "Network",
  disk: "Disk",
  addresses: "Addresses",
  uptime: "Uptime",
};
export const select = (vm: string) => `Select ${vm}`;
export const selectAll = "Select all that are shown";
/** How many cores of the host a VM keeps busy; null while that is not known. */
export const cores = (taken: string | null, vcpus: number) =>
  `${taken === null ? "" : `${taken} of `}${vcpus} vCPU${vcpus === 1 ? "" : "s"}`;
export const ofMemory = (size: string) => `of ${size}`;

/** The ways of a rate, for those who hear it and for those who see it. */
export const received = "in";
export const sent = "out";
export const read = "read";
export const written = "written";
export const readSign = "R";
export const writtenSign = "W";

export const filter = "Filter by name, note, state or address";
export const oneList = "One list";
export const group = "Group by state";
export const count = (all: number) => `${all} VM${all === 1 ? "" : "s"}`;
export const countOf = (shown: number, all: number) => `${shown} of ${all} VMs`;
