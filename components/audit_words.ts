import type { AuditRecord } from "@/protocol/mod.ts";
import { number } from "@/components/number.ts";
import { audit, common } from "@/texts/mod.ts";

/** Who did it. Names of users have no parentheses: those stand for what nobody asked for. */
export function doer({ user, address }: AuditRecord): string {
  if (user === null) return address === null ? audit.commandLine : audit.nobody;
  return user.startsWith("(") ? "virtglass" : user;
}

/** What else the record tells, each a name and its value. What is not so goes without saying. */
export function particulars({ subject, duration, detail }: AuditRecord): [string, string][] {
  const { times, seconds, ...rest } = detail;
  const told = Object.entries(rest).filter(([, value]) => value !== false && value !== null);
  return [
    ...(subject === null ? [] : [["", subject]] as [string, string][]),
    ...told.map((
      [name, value],
    ): [string, string] => [name, value === true ? common.yes : String(value)]),
    ...(times === undefined
      ? []
      : [["", audit.repeated(Number(times), Number(seconds))]] as [string, string][]),
    ...(duration === null
      ? []
      : [[audit.took, audit.seconds(number(duration, 3))]] as [string, string][]),
  ];
}
