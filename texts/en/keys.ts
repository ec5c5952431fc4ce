/** The list of keys that do something, and the palette. */
export const title = "Keys";
export const anyVM = "any VM, any action";
export const filter = "filter";
export const next = "next VM";
export const previous = "previous VM";
export const open = "open it";
export const tick = "tick the box that has the focus";
export const zoom = "zoom a chart that has the focus";
export const move = "move it; with Shift, from point to point";
export const whole = "back to all of the chart";
export const goTo = (place: string) => `go to ${place}`;
export const these = "these keys";
export const inTerminal = "In a terminal all keys are the guest's.";

export const palette = "Any VM, any action";
export const found = "Found";
export const nothing = "Nothing found";
export const page = "page";
export const asksFirst = "asks first";
/** Something to do to a VM. */
export const act = (label: string, vm: string) => `${label} ${vm}`;
