import type { AuditKind, AuditRecord } from "@/protocol.ts";

/** What was done, in words. */
export const AUDIT_WORDS: Record<AuditKind, string> = {
  "sign_in": "Sign-in",
  "sign_out": "Sign-out",
  "session.refresh": "Session renewed",
  "session.end": "Session ended",
  "command.given": "Command given",
  "command.ended": "Command ended",
  "console.attach": "Console opened",
  "console.detach": "Console left",
  "console.takeover": "Console taken over",
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

/** Who did it. Names of users have no parentheses: those stand for what nobody asked for. */
export function doer({ user, address }: AuditRecord): string {
  if (user === null) return address === null ? "command line" : "nobody signed in";
  return user.startsWith("(") ? "virtglass" : user;
}

/** What else the record tells, each a name and its value. What is not so goes without saying. */
export function particulars({ subject, duration, detail }: AuditRecord): [string, string][] {
  const told = Object.entries(detail).filter(([, value]) => value !== false && value !== null);
  return [
    ...(subject === null ? [] : [["", subject]] as [string, string][]),
    ...told.map((
      [name, value],
    ): [string, string] => [name, value === true ? "yes" : String(value)]),
    ...(duration === null ? [] : [["took", `${duration} s`]] as [string, string][]),
  ];
}
