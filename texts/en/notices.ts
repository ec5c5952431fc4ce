export const title = "Notices";
export const closeOne = "Close this notice";
export const none = "Nothing has gone wrong since this tab was opened.";
export const onDesktop = "Show them on the desktop";
export const allActivity = "All activity";

export const libvirtBack = "libvirt is back";
export const libvirtLost = "libvirt is lost";
export const theHost = "The host";
export const failed = (label: string, vm: string) => `${label} ${vm}: failed`;
export const pausedByError = (vm: string) => `${vm} was paused by an error`;
export const crashed = (vm: string) => `${vm} crashed`;
/** Said to those who do not see the table of VMs. */
export const manyChanged = (count: number) => `${count} VMs changed`;

export const copied = "Copied";
export const notCopied = "Not copied";
export const copyByHand =
  "The browser keeps its clipboard to itself: the text is marked, copy it by hand.";
