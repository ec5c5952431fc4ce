export const title = "Audit log";
export const exportLines = "Export as JSON lines";
export const pages = "Pages of the audit log";
export const none = "No records";
export const noneNote = "Nothing that was recorded is as you asked.";

export const user = "User";
export const vm = "VM";
export const what = "What";
export const everything = "Everything";
export const from = "From (UTC)";
export const until = "Until (UTC)";

export const number = "No.";
export const time = "Time (UTC)";
export const who = "Who";
export const more = "More";
export const commandLine = "command line";
export const nobody = "nobody signed in";
export const took = "took";
export const seconds = (count: string) => `${count} s`;
/** How often the same happened again, and within how many seconds where that is known. */
export const repeated = (times: number, seconds?: number) =>
  `${times === 1 ? "once" : `${times} times`} more${seconds ? ` within ${seconds} s` : ""}`;

/** What was done. The details of a record are as the log has them, in every language. */
export const kinds = {
  "sign_in": "Sign-in",
  "sign_out": "Sign-out",
  "session.refresh": "Session renewed",
  "session.end": "Session ended",
  "command.given": "Command given",
  "command.ended": "Command ended",
  "console.attach": "Console opened",
  "console.detach": "Console left",
  "console.takeover": "Console taken over",
  "console.keys": "Keys pressed",
  "console.input": "Typed into console",
  "recording.start": "Recording started",
  "recording.stop": "Recording stopped",
  "recording.read": "Recording read",
  "recording.delete": "Recording deleted",
  "user.add": "User added",
  "user.change": "User changed",
  "user.password": "Password changed",
  "password.confirm": "Asked for the password again",
  "user.remove": "User removed",
  "grant.set": "Grant given",
  "grant.remove": "Grant taken away",
  "totp.enable": "Second factor on",
  "totp.disable": "Second factor off",
  "recovery_codes.make": "Recovery codes made",
  "api_token.add": "API token made",
  "api_token.remove": "API token removed",
  "setup": "Set-up",
  "server.start": "Server started",
  "server.stop": "Server stopped",
  "audit.export": "Audit log exported",
  "audit.lost": "Audit log could not be written",
  "audit.trim": "Old records dropped",
  "audit.truncated": "Audit log was cut off",
};
