export const words = {
  running: "Running",
  stopped: "Stopped",
  paused: "Paused",
  shutdown: "Shutting down",
  crashed: "Crashed",
  unknown: "Unknown",
};
