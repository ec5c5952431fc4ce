/**
 * Every message that crosses a socket, and every shape that REST and pages show, from one place: for
 * types, tests and readers. The server validates with the schemas of incoming/ and makes no others:
 * it imports values from the files themselves, and those of outgoing/ only to describe its API. The
 * browser imports the types alone, so zod stays on the server. docs/PROTOCOL.md says the same in
 * prose.
 *
 * Times are RFC 3339 in UTC, sizes are bytes, durations are seconds.
 */
export * from "./codes.ts";
export * from "./limits.ts";
export * from "./words.ts";

export * from "./incoming/bodies.ts";
export * from "./incoming/messages.ts";
export * from "./incoming/queries.ts";

export * from "./outgoing/audit_record.ts";
export * from "./outgoing/command.ts";
export * from "./outgoing/console_messages.ts";
export * from "./outgoing/event.ts";
export * from "./outgoing/history.ts";
export * from "./outgoing/host.ts";
export * from "./outgoing/metrics.ts";
export * from "./outgoing/problem.ts";
export * from "./outgoing/recording.ts";
export * from "./outgoing/server_message.ts";
export * from "./outgoing/sign_in.ts";
export * from "./outgoing/user.ts";
export * from "./outgoing/vm.ts";
