import type { ErrorCode } from "@/protocol/codes.ts";
import * as wire from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";

/** A parameter of an address. All of them are texts that stand for what `schema` says. */
export interface Parameter {
  name: string;
  says: string;
  schema?: z.ZodMiniType;
}

/** One thing that the API does. */
export interface Operation {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, with its parameters in braces. */
  path: string;
  /** What it belongs to, as the pages sort it. */
  of: string;
  says: string;
  /** What may be asked for behind the question mark. */
  query?: readonly Parameter[];
  body?: keyof Bodies;
  answer: Answer;
  /** Beyond those that every operation has. */
  errors?: readonly ErrorCode[];
  /** Whether it answers somebody who is not signed in. */
  open?: boolean;
}

export interface Answer {
  status: 200 | 201 | 202 | 204;
  /** The shape of the JSON, by its name in protocol/; an array of it when it is a list. */
  of?: keyof Answers;
  list?: boolean;
  /** What it is when it is no JSON. */
  type?: string;
}

/** What clients send, by the names of protocol/. */
export const bodies = () => ({
  Login: wire.Login,
  Refresh: wire.Refresh,
  NewTicket: wire.NewTicket,
  NewCommand: wire.NewCommand,
  NewCommands: wire.NewCommands,
  NewKeys: wire.NewKeys,
  NewAccount: wire.NewAccount,
  AccountChange: wire.AccountChange,
});
type Bodies = ReturnType<typeof bodies>;

/** What clients get, by the names of protocol/. */
export const answers = () => ({
  LoggedIn: wire.LoggedIn,
  User: wire.User,
  Ticket: wire.Ticket,
  VM: wire.VM,
  VMDetail: wire.VMDetail,
  MetricsHistory: wire.MetricsHistory,
  HostHistory: wire.HostHistory,
  Host: wire.Host,
  Command: wire.Command,
  CommandsGiven: wire.CommandsGiven,
  EventList: wire.EventList,
  Recording: wire.Recording,
  Account: wire.Account,
  AuditRecord: wire.AuditRecord,
  Problem: wire.Problem,
});
type Answers = ReturnType<typeof answers>;

const json = (of: keyof Answers, status: 200 | 201 | 202 = 200): Answer => ({ status, of });
const list = (of: keyof Answers): Answer => ({ status: 200, of, list: true });
const file = (type: string): Answer => ({ status: 200, type });
const NOTHING: Answer = { status: 204 };

const LIMIT: Parameter = {
  name: "limit",
  says: "how many at most, 100 without it",
  schema: z.int().check(z.gte(1), z.lte(1000)),
};
const BEFORE: Parameter = {
  name: "before",
  says: "those from before this time",
  schema: z.iso.datetime({ offset: true }),
};
const SINCE_EVENT: Parameter = {
  name: "since",
  says: "what came after the event of this number",
  schema: z.int().check(z.nonnegative()),
};
const SPAN: readonly Parameter[] = [
  {
    name: "since",
    says: "from so many seconds ago, 300 without it",
    schema: z.number().check(z.positive()),
  },
  { name: "until", says: "until so many seconds ago, 0 without it", schema: z.number() },
  {
    name: "step",
    says: "a point for so many seconds",
    schema: z.number().check(z.gte(1), z.lte(86_400)),
  },
];
const COMMAND_ERRORS = ["VM_NOT_FOUND", "VM_STATE", "CONFLICT", "LIBVIRT_UNAVAILABLE"] as const;
const VM_ERRORS = ["VM_NOT_FOUND", "LIBVIRT_UNAVAILABLE"] as const;

/**
 * All operations of the API, in the order in which a person would learn them. Held against routes/ by
 * tests/server/openapi_test.ts.
 */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: "/auth/login",
    of: "Signing in",
    says: "Begins a session; with a second factor also its code",
    body: "Login",
    answer: json("LoggedIn"),
    open: true,
  },
  {
    method: "POST",
    path: "/auth/refresh",
    of: "Signing in",
    says: "Exchanges a refresh token, which works once, for new tokens",
    body: "Refresh",
    answer: json("LoggedIn"),
    open: true,
  },
  {
    method: "POST",
    path: "/auth/logout",
    of: "Signing in",
    says: "Ends this session and its sockets",
    answer: NOTHING,
  },
  { method: "GET", path: "/auth/me", of: "Signing in", says: "Who asks", answer: json("User") },
  {
    method: "POST",
    path: "/auth/ws-ticket",
    of: "Signing in",
    says: "A ticket that opens one WebSocket, once and soon",
    body: "NewTicket",
    answer: json("Ticket"),
  },
  {
    method: "GET",
    path: "/vms",
    of: "Virtual machines",
    says: "All that the asker may see",
    answer: list("VM"),
  },
  {
    method: "GET",
    path: "/vms/{name}",
    of: "Virtual machines",
    says: "One, with its disks and interfaces",
    answer: json("VMDetail"),
    errors: VM_ERRORS,
  },
  {
    method: "GET",
    path: "/vms/{name}/xml",
    of: "Virtual machines",
    says: "Its definition, as libvirt has it",
    answer: file("application/xml"),
    errors: VM_ERRORS,
  },
  {
    method: "GET",
    path: "/vms/{name}/metrics",
    of: "Virtual machines",
    says: "What it used over time, in columns",
    query: SPAN,
    answer: json("MetricsHistory"),
    errors: VM_ERRORS,
  },
  {
    method: "GET",
    path: "/vms/{name}/events",
    of: "Virtual machines",
    says: "What happened to it",
    query: [SINCE_EVENT, LIMIT],
    answer: json("EventList"),
    errors: VM_ERRORS,
  },
  {
    method: "GET",
    path: "/vms/{name}/commands",
    of: "Virtual machines",
    says: "Commands to it, the newest first",
    query: [BEFORE, LIMIT],
    answer: list("Command"),
    errors: VM_ERRORS,
  },
  {
    method: "POST",
    path: "/vms/{name}/commands",
    of: "Virtual machines",
    says: "Gives it a command, which runs on; the same requestId never runs twice",
    body: "NewCommand",
    answer: json("Command", 202),
    errors: COMMAND_ERRORS,
  },
  {
    method: "POST",
    path: "/vms/{name}/keys",
    of: "Virtual machines",
    says: "Presses keys on its keyboard, which counts as a command",
    body: "NewKeys",
    answer: { status: 204 },
    errors: ["VM_NOT_FOUND", "VM_NOT_RUNNING", "TIMEOUT", "LIBVIRT_UNAVAILABLE"],
  },
  {
    method: "GET",
    path: "/commands",
    of: "Commands and events",
    says: "Commands to all VMs, the newest first",
    query: [BEFORE, LIMIT],
    answer: list("Command"),
  },
  {
    method: "POST",
    path: "/commands",
    of: "Commands and events",
    says: "Gives the same command to several VMs, which counts as one",
    body: "NewCommands",
    answer: json("CommandsGiven", 202),
  },
  {
    method: "GET",
    path: "/commands/{requestId}",
    of: "Commands and events",
    says: "A command that the asker gave, as it is now",
    answer: json("Command"),
  },
  {
    method: "GET",
    path: "/events",
    of: "Commands and events",
    says: "What happened, the oldest first",
    query: [SINCE_EVENT, LIMIT],
    answer: json("EventList"),
  },
  {
    method: "GET",
    path: "/recordings",
    of: "Recordings",
    says: "Recordings of consoles, the newest first, 1,000 at most",
    query: [{ name: "vm", says: "those of one VM, by name or UUID" }],
    answer: list("Recording"),
  },
  {
    method: "GET",
    path: "/vms/{name}/recordings",
    of: "Recordings",
    says: "Those of one VM",
    answer: list("Recording"),
    errors: VM_ERRORS,
  },
  {
    method: "POST",
    path: "/vms/{name}/recordings",
    of: "Recordings",
    says: "Begins to record its console, which counts as a command",
    answer: json("Recording", 201),
    errors: ["VM_NOT_FOUND", "VM_NOT_RUNNING", "CONFLICT", "LIBVIRT_UNAVAILABLE"],
  },
  {
    method: "GET",
    path: "/recordings/{id}",
    of: "Recordings",
    says: "One",
    answer: json("Recording"),
  },
  {
    method: "GET",
    path: "/recordings/{id}/cast",
    of: "Recordings",
    says: "The file itself, as asciinema plays it",
    answer: file("application/x-asciicast"),
  },
  {
    method: "POST",
    path: "/recordings/{id}/stop",
    of: "Recordings",
    says: "Ends one that is being made",
    answer: json("Recording"),
  },
  {
    method: "DELETE",
    path: "/recordings/{id}",
    of: "Recordings",
    says: "Removes it and its file",
    answer: NOTHING,
  },
  {
    method: "GET",
    path: "/host",
    of: "The host",
    says: "The host, and whether libvirt answers",
    answer: json("Host"),
  },
  {
    method: "GET",
    path: "/host/metrics",
    of: "The host",
    says: "What it used over time, in columns",
    query: SPAN,
    answer: json("HostHistory"),
  },
  {
    method: "GET",
    path: "/users",
    of: "Users",
    says: "All of them; admins only, as all of this",
    answer: list("Account"),
  },
  {
    method: "POST",
    path: "/users",
    of: "Users",
    says: "Adds one, with a role on all VMs or grants on some",
    body: "NewAccount",
    answer: json("Account", 201),
    errors: ["CONFLICT"],
  },
  { method: "GET", path: "/users/{name}", of: "Users", says: "One", answer: json("Account") },
  {
    method: "PATCH",
    path: "/users/{name}",
    of: "Users",
    says: "Changes what is given and nothing else",
    body: "AccountChange",
    answer: json("Account"),
    errors: ["CONFLICT"],
  },
  {
    method: "DELETE",
    path: "/users/{name}",
    of: "Users",
    says: "Removes one; sessions and sockets end at once",
    answer: NOTHING,
    errors: ["CONFLICT"],
  },
  {
    method: "DELETE",
    path: "/users/{name}/second-factor",
    of: "Users",
    says: "Turns off a second factor that was lost",
    answer: NOTHING,
  },
  {
    method: "GET",
    path: "/audit",
    of: "Audit",
    says: "What was done, the newest first; admins only",
    query: [
      { name: "user", says: "by this user" },
      { name: "vm", says: "to this VM, by name or UUID" },
      { name: "kind", says: "of this kind", schema: z.enum(wire.AUDIT_KINDS) },
      { name: "since", says: "from this time on", schema: z.iso.datetime({ offset: true }) },
      { name: "until", says: "before this time", schema: z.iso.datetime({ offset: true }) },
      { name: "before", says: "before the record of this number", schema: z.int() },
      LIMIT,
      { name: "format", says: "jsonl: all of them, as JSON lines", schema: z.literal("jsonl") },
    ],
    answer: list("AuditRecord"),
  },
  {
    method: "GET",
    path: "/openapi.json",
    of: "This description",
    says: "The document that this page is made of",
    answer: file("application/json"),
    open: true,
  },
];
