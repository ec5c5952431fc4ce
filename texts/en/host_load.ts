/** Apart from host.ts, for its charts are loaded when somebody asks for them. */
export const title = "Load of the host over time";
export const show = "Show the last 5 min";
