/**
 * Every message that crosses a socket, and every shape that REST and pages show, in one place.
 * The server validates with these schemas; the browser imports the types alone, so zod stays on the
 * server. docs/PROTOCOL.md says the same in prose.
 *
 * Times are RFC 3339 in UTC, sizes are bytes, durations are seconds.
 */
import * as z from "zod";

export const PROTOCOL = 1;

/** The WebSocket subprotocol in which a console's bytes are binary messages. */
export const CONSOLE_PROTOCOL = "virtglass.console.v1";

/** Seconds between two heartbeats of the server; silence for two of them closes the socket. */
export const HEARTBEAT_INTERVAL = 15;

/** The largest message a client may send, in bytes. */
export const MAX_MESSAGE = 64 * 1024;

/** Bytes of console input that a client may have sent beyond what `input` said was taken. */
export const INPUT_WINDOW = 64 * 1024;

export const CloseCode = {
  normal: 1000,
  serverStopping: 1001,
  invalidMessages: 1008,
  messageTooBig: 1009,
  tooManyConnections: 1013,
  tokenExpired: 4401,
  forbidden: 4403,
  vmGone: 4404,
  silent: 4408,
  rateLimited: 4429,
} as const;

export const ErrorCode = z.enum([
  "INVALID_MESSAGE",
  "UNAUTHENTICATED",
  "TOTP_REQUIRED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "MISDIRECTED",
  "VM_NOT_FOUND",
  "VM_NOT_RUNNING",
  "VM_STATE",
  "CONFLICT",
  "TIMEOUT",
  "CONSOLE_UNAVAILABLE",
  "CONSOLE_BUSY",
  "CONSOLE_STALLED",
  "LIBVIRT_UNAVAILABLE",
  "LIBVIRT_ERROR",
  "AUDIT_UNAVAILABLE",
  "INTERNAL",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

const time = z.iso.datetime({ offset: true });

/** Chosen by whoever gives a command. Half a surrogate pair would not survive being stored. */
const requestId = z.string().min(1).max(128).refine((text) => text.isWellFormed(), {
  error: "is not well-formed text",
});

/** Any 128 bits: libvirt asks for no version, as `z.uuid` would. */
const uuid = z.guid();

// ---------------------------------------------------------------- what is shown

export const Status = z.enum(["running", "stopped", "paused", "shutdown", "crashed", "unknown"]);
export type Status = z.infer<typeof Status>;

export const Action = z.enum(["start", "stop", "restart", "suspend", "resume"]);
export type Action = z.infer<typeof Action>;

export const Role = z.enum(["admin", "operator", "viewer"]);
export type Role = z.infer<typeof Role>;

/** State of one VM. `uptime` counts seconds since the guest started; 0 while it does not run. */
export const StatusData = z.object({
  status: Status,
  lastStateChange: time,
  uptime: z.number().nonnegative(),
});
export type StatusData = z.infer<typeof StatusData>;

/** A number, or null where the hypervisor does not report it. */
const reported = z.number().nullable();

/**
 * One sample. CPU in percent of all the VM's vCPUs together (0 to 100); memory in bytes; network and
 * disk are counters since the guest started, summed over its interfaces and disks.
 */
export const Metrics = z.object({
  cpu: z.object({ utilization: reported }),
  memory: z.object({ used: reported, total: reported }),
  network: z.object({
    rxBytes: reported,
    txBytes: reported,
    rxPackets: reported,
    txPackets: reported,
  }),
  disk: z.object({
    readBytes: reported,
    writeBytes: reported,
    readOps: reported,
    writeOps: reported,
  }),
});
export type Metrics = z.infer<typeof Metrics>;

/** What the counters did per second between the last two samples, in bytes per second. */
export const Rates = z.object({
  rxBytes: reported,
  txBytes: reported,
  readBytes: reported,
  writeBytes: reported,
});
export type Rates = z.infer<typeof Rates>;

const mac = z.string();

/**
 * The devices of one VM, in bytes per second: NICs by their MAC and their name on the host, disks by
 * their target. `resident` is what QEMU holds of the host's memory for the guest, in bytes.
 */
export const SampleDevices = z.object({
  resident: reported,
  nics: z.array(z.object({ mac, device: z.string(), rxBytes: reported, txBytes: reported })),
  disks: z.array(z.object({ device: z.string(), readBytes: reported, writeBytes: reported })),
});
export type SampleDevices = z.infer<typeof SampleDevices>;

/**
 * A sample with its time; `stale` when the VM did not answer and the last values are repeated.
 * `devices` comes to who follows this VM alone.
 */
export const Sample = z.object({
  time,
  metrics: Metrics,
  rates: Rates,
  stale: z.boolean(),
  devices: SampleDevices.optional(),
});
export type Sample = z.infer<typeof Sample>;

/** One virtual machine as the table shows it. `reason` is libvirt's, in words ("booted", "user"). */
export const VM = StatusData.extend({
  /** Any 128 bits: libvirt does not ask for RFC 9562's versions. */
  uuid,
  name: z.string(),
  host: z.string(),
  reason: z.string(),
  persistent: z.boolean(),
  autostart: z.boolean(),
  vcpus: z.int(),
  memory: z.number(),
  console: z.boolean(),
  /** The definition's title, else the first line of its description; null without either. */
  note: z.string().nullable(),
  /** IP addresses of the guest, as leases and the host's ARP table tell of them. */
  addresses: z.array(z.string()),
  sample: Sample.nullable(),
});
export type VM = z.infer<typeof VM>;

/** One VM with what only its own page shows. */
export const VMDetail = VM.extend({
  title: z.string().nullable(),
  description: z.string().nullable(),
  machine: z.string().nullable(),
  interfaces: z.array(z.object({
    device: z.string().nullable(),
    mac: z.string().nullable(),
    source: z.string().nullable(),
    model: z.string().nullable(),
    addresses: z.array(z.string()),
  })),
  disks: z.array(z.object({
    device: z.string(),
    bus: z.string().nullable(),
    source: z.string().nullable(),
  })),
});
export type VMDetail = z.infer<typeof VMDetail>;

/** Whether libvirt answers; `message` says what is wrong and what to do while it does not. */
export const Connectivity = z.object({
  connected: z.boolean(),
  since: time,
  message: z.string().nullable(),
});
export type Connectivity = z.infer<typeof Connectivity>;

/** The host. `cpu` and `memory` are null for who may not see all VMs. */
export const Host = z.object({
  name: z.string(),
  uri: z.string(),
  libvirt: Connectivity,
  cpu: z.object({
    model: z.string(),
    count: z.int(),
    mhz: z.number(),
    utilization: reported,
  }).nullable(),
  memory: z.object({ used: reported, total: z.number() }).nullable(),
  versions: z.object({
    virtglass: z.string(),
    libvirt: z.string().nullable(),
    hypervisor: z.string().nullable(),
  }),
});
export type Host = z.infer<typeof Host>;

/** One command of the history; `endedAt`, `success` and `message` are null while it runs. */
export const Command = z.object({
  requestId: z.string(),
  user: z.string(),
  vm: z.string(),
  uuid,
  action: Action,
  force: z.boolean(),
  createdAt: time,
  endedAt: time.nullable(),
  success: z.boolean().nullable(),
  message: z.string().nullable(),
});
export type Command = z.infer<typeof Command>;

/** One recording of a console; `endedAt` is null while it runs. `bytes` is the file's size. */
export const Recording = z.object({
  id: z.string(),
  vm: z.string(),
  uuid,
  startedBy: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  /** Why it ended, in words. */
  ended: z.string().nullable(),
  bytes: z.int().nonnegative(),
  /** Whether what was typed is in it. */
  input: z.boolean(),
});
export type Recording = z.infer<typeof Recording>;

/** Everything that the audit log records. */
export const AuditKind = z.enum([
  "sign_in",
  "sign_out",
  "session.refresh",
  "session.end",
  "command.given",
  "command.ended",
  "console.attach",
  "console.detach",
  "console.takeover",
  "console.input",
  "recording.start",
  "recording.stop",
  "recording.read",
  "recording.delete",
  "user.add",
  "user.change",
  "user.password",
  "password.confirm",
  "user.remove",
  "grant.set",
  "grant.remove",
  "totp.enable",
  "totp.disable",
  "recovery_codes.make",
  "api_token.add",
  "api_token.remove",
  "setup",
  "server.start",
  "server.stop",
  "audit.export",
  "audit.lost",
  "audit.trim",
  "audit.truncated",
]);
export type AuditKind = z.infer<typeof AuditKind>;

/**
 * One record of the audit log. `user` null is the command line, `address` null this machine. `hash`
 * is SHA-256 over the hash of the record before it and the rest of this one.
 */
export const AuditRecord = z.object({
  seq: z.int().positive(),
  time,
  kind: AuditKind,
  user: z.string().nullable(),
  address: z.string().nullable(),
  vm: z.object({ uuid, name: z.string() }).nullable(),
  /** What it was done to, where that is no VM. */
  subject: z.string().nullable(),
  result: z.enum(["ok", "refused", "failed"]),
  duration: z.number().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string().length(64),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

// ---------------------------------------------------------------- REST

export const Login = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(1024),
  /** Of the user's authenticator app, or a recovery code; needed when a second factor is on. */
  code: z.string().min(1).max(64).optional(),
});
export const Refresh = z.strictObject({ refreshToken: z.string().min(1).max(256) });

/** For which socket a ticket is wanted: the path of its address. */
export const NewTicket = z.strictObject({ path: z.string().min(1).max(2048) });
/** Good once, for a socket at that path, in `?token=`. */
export const Ticket = z.object({ ticket: z.string(), expiresIn: z.number() });
export type Ticket = z.infer<typeof Ticket>;

/** A role on one VM, whatever that is called. */
export const Grant = z.object({ uuid, role: Role });
export type Grant = z.infer<typeof Grant>;

/**
 * Somebody who may sign in. `role` holds for all VMs; it is null for who is granted single VMs, and
 * those alone have `grants`.
 */
export const User = z.object({
  name: z.string(),
  role: Role.nullable(),
  grants: z.array(Grant).optional(),
});
export type User = z.infer<typeof User>;

/** A grant as an admin sees it: `vm` is the VM's name, or the last one known when it is gone. */
export const NamedGrant = Grant.extend({ vm: z.string() });
export type NamedGrant = z.infer<typeof NamedGrant>;

/** A user as an admin sees it. */
export const Account = z.object({
  name: z.string(),
  role: Role.nullable(),
  grants: z.array(NamedGrant),
  disabled: z.boolean(),
  createdAt: time,
  /** Of the last sign-in. */
  signedInAt: time.nullable(),
});
export type Account = z.infer<typeof Account>;

const password = z.string().max(1024);
/** `vm` is a name or a UUID. */
const newGrants = z.array(z.strictObject({ vm: z.string().min(1).max(300), role: Role })).max(1000);

/** A user to be: with a role for all VMs, or with grants. */
export const NewAccount = z.strictObject({
  name: z.string().max(64),
  password,
  role: Role.nullable().optional(),
  grants: newGrants.optional(),
});
export type NewAccount = z.infer<typeof NewAccount>;
/** What to change of a user; `grants` replaces all of them. */
export const AccountChange = z.strictObject({
  role: Role.nullable().optional(),
  grants: newGrants.optional(),
  disabled: z.boolean().optional(),
  password: password.optional(),
});
export type AccountChange = z.infer<typeof AccountChange>;

export const LoggedIn = z.object({
  token: z.string(),
  expiresIn: z.number(),
  refreshToken: z.string(),
  user: User,
});
export type LoggedIn = z.infer<typeof LoggedIn>;

/** A parameter of an address that is a number of seconds. */
const secondsText = z.string().regex(/^\d+(\.\d+)?$/, { error: "is not a number of seconds" })
  .transform(Number);

/** Which part of a history: from `since` to `until` seconds ago, a point for every `step` seconds. */
export const MetricsQuery = z.object({
  since: secondsText.refine((value) => value > 0, { error: "is a number of seconds above 0" })
    .default(300),
  until: secondsText.default(0),
  step: secondsText.refine((value) => value >= 1 && value <= 86_400, {
    error: "is 1 to 86400 seconds",
  }).optional(),
});

/** One column of a history: a number for each of its times. */
const column = z.array(reported);
const network = { rxBytes: column, txBytes: column };
const disk = { readBytes: column, writeBytes: column };
const load = { cpu: column, memory: column };

/**
 * The metrics of a VM over time, in columns of equal length: `time` in Unix seconds, CPU in percent,
 * memory in bytes, the others in bytes per second. Points are means; `max` has the largest that each
 * is of, and is absent where a point is one sample. A point of nothing but null says that nothing was
 * measured from there on.
 */
export const MetricsHistory = z.object({
  step: z.number(),
  time: z.array(z.number()),
  ...load,
  resident: column,
  ...network,
  ...disk,
  max: z.object({ ...load, resident: column }).optional(),
  nics: z.array(z.object({
    mac,
    device: z.string().nullable(),
    ...network,
    max: z.object(network).optional(),
  })),
  disks: z.array(z.object({ device: z.string(), ...disk, max: z.object(disk).optional() })),
});
export type MetricsHistory = z.infer<typeof MetricsHistory>;

/** The same of the host, as far as it has them. */
export const HostHistory = z.object({
  step: z.number(),
  time: z.array(z.number()),
  ...load,
  max: z.object(load).optional(),
});
export type HostHistory = z.infer<typeof HostHistory>;

/** A command for a VM; without `requestId` one is made. */
export const NewCommand = z.strictObject({
  action: Action,
  force: z.boolean().optional(),
  requestId: requestId.optional(),
});

/** RFC 9457 problem details. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: ErrorCode,
});
export type Problem = z.infer<typeof Problem>;

// ---------------------------------------------------------------- sockets, outgoing

const outgoing = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ type: z.literal(type), timestamp: time, data });

export const ConnectionMessage = outgoing(
  "connection",
  z.object({
    protocol: z.literal(PROTOCOL),
    sessionId: z.string(),
    vm: z.string().nullable(),
    /** On this VM; without one the role for all VMs, null for who has none. */
    role: Role.nullable(),
    heartbeatInterval: z.number(),
    serverTime: time,
  }),
);
export const StatusMessage = outgoing("status", StatusData);
export const MetricsMessage = outgoing("metrics", Metrics);
export const ResponseMessage = outgoing(
  "response",
  z.object({ requestId: z.string(), success: z.boolean(), message: z.string() }),
);
export const ProgressMessage = outgoing(
  "progress",
  z.object({
    requestId: z.string(),
    action: Action,
    state: z.enum(["queued", "running", "waiting"]),
    message: z.string(),
  }),
);
export const ConsoleMessage = outgoing(
  "console",
  z.object({ content: z.base64(), eof: z.boolean() }),
);

// A console's own; in the binary subprotocol its bytes are binary messages instead of `console`.

/** Somebody who looks at a console. `id` is unique among them. */
export const ConsoleViewer = z.object({
  id: z.string(),
  user: z.string(),
  readOnly: z.boolean(),
  since: time,
});
export type ConsoleViewer = z.infer<typeof ConsoleViewer>;

/**
 * Who is there. `responder` is the one viewer whose terminal may answer what the guest asks of a
 * terminal, such as where its cursor is; null when nobody may write.
 */
const presence = { viewers: z.array(ConsoleViewer), responder: z.string().nullable() };

/** How a console stream ended: guest off, taken by another program, or libvirt lost. */
export const EofReason = z.enum(["stopped", "taken", "lost"]);
export type EofReason = z.infer<typeof EofReason>;

/**
 * The bytes that follow belong to stream `streamId` from byte `offset` on; the first `size` of them
 * were there before. Comes first, and again whenever a new stream begins.
 */
export const AttachedMessage = outgoing(
  "attached",
  z.object({
    streamId: z.string(),
    offset: z.int().nonnegative(),
    size: z.int().nonnegative(),
    readOnly: z.boolean(),
    /** Which of the viewers this client is. */
    viewerId: z.string(),
    /** Whether this console is being recorded. */
    recording: z.boolean(),
    ...presence,
  }),
);
/** Bytes `from` up to, but without, `to` of this stream are skipped; the next byte is `to`. */
export const GapMessage = outgoing(
  "gap",
  z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() }),
);
export const PresenceMessage = outgoing(
  "presence",
  z.object({ recording: z.boolean(), ...presence }),
);
/** The size of the responder's terminal; sent by it, and passed on to the others. */
const columnsAndRows = { columns: z.int().min(1).max(1000), rows: z.int().min(1).max(1000) };
export const ResizeHintMessage = outgoing("resize_hint", z.object(columnsAndRows));
/** End of a stream, in the binary subprotocol; JSON has `console` with `eof` true. */
export const EofMessage = outgoing("eof", z.object({ reason: EofReason }));
/** How many bytes of this client's input the guest has taken since the socket opened. */
export const InputMessage = outgoing("input", z.object({ taken: z.int().nonnegative() }));

export const ErrorMessage = outgoing(
  "error",
  z.object({ code: ErrorCode, message: z.string(), requestId: z.string().optional() }),
);
export const HeartbeatMessage = outgoing("heartbeat", z.object({}));

/** The session ends at `expiresAt` unless it is renewed with `auth`; comes 60 s before. */
export const AuthExpiringMessage = outgoing("auth_expiring", z.object({ expiresAt: time }));
/** Answer to `auth`: the session now lasts until then. */
export const AuthMessage = outgoing("auth", z.object({ expiresAt: time }));

/**
 * Something that happened; `seq` grows with every event of this server, and never begins anew below
 * what an earlier start of it counted. How far two are apart says nothing.
 */
export const EventMessage = outgoing(
  "event",
  z.object({
    seq: z.int(),
    kind: z.string(),
    vm: z.string().nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
);

/** An event as REST lists it, with its time. */
export const Event = EventMessage.shape.data.extend({ time });
export type Event = z.infer<typeof Event>;

const gap = z.object({ from: z.int(), to: z.int() }).optional();

/** Events, the oldest first; those of `gap` (both ends included) are not remembered any more. */
export const EventList = z.object({ seq: z.int(), gap, events: z.array(Event) });
export type EventList = z.infer<typeof EventList>;

/**
 * Answer to `subscribe` on `/ws/events`: what is true now. Later messages replace parts of it. Events
 * since `since` follow it; those of `gap` (both ends included) are not remembered any more.
 */
export const SubscribedMessage = outgoing(
  "subscribed",
  z.object({
    topics: z.array(z.string()),
    seq: z.int(),
    gap,
    host: Host.optional(),
    vms: z.array(VM).optional(),
    commands: z.array(Command).optional(),
  }),
);
/** One VM as it is now: replaces the one with the same uuid. */
export const VMMessage = outgoing("vm", VM);
/** A VM that is gone: undefined, or no longer visible. */
export const VMRemovedMessage = outgoing(
  "vm_removed",
  z.object({ uuid, name: z.string() }),
);
export const HostMessage = outgoing("host", Host);
/** All samples of one tick, by VM name. */
export const SamplesMessage = outgoing("samples", z.object({ vms: z.record(z.string(), Sample) }));

export const ServerMessage = z.discriminatedUnion("type", [
  ConnectionMessage,
  StatusMessage,
  MetricsMessage,
  ResponseMessage,
  ProgressMessage,
  ConsoleMessage,
  AttachedMessage,
  GapMessage,
  PresenceMessage,
  ResizeHintMessage,
  EofMessage,
  InputMessage,
  ErrorMessage,
  HeartbeatMessage,
  AuthExpiringMessage,
  AuthMessage,
  EventMessage,
  SubscribedMessage,
  VMMessage,
  VMRemovedMessage,
  HostMessage,
  SamplesMessage,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
export type ServerMessageType = ServerMessage["type"];
/** The `data` of the server message with this `type`. */
export type ServerData<T extends ServerMessageType> = Extract<ServerMessage, { type: T }>["data"];
export type Response = ServerData<"response">;
export type Progress = ServerData<"progress">;

// ---------------------------------------------------------------- sockets, incoming

/**
 * Clients may leave `timestamp` out: nothing depends on it. The user's document writes offsets
 * without a colon (`-0400`), which RFC 3339 does not allow, so any date that parses is taken.
 */
const clientTime = z.string().max(64).refine((text) => !Number.isNaN(Date.parse(text)), {
  error: "is not a time",
}).optional();

const incoming = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.strictObject({ type: z.literal(type), timestamp: clientTime, data });

export const CommandMessage = incoming(
  "command",
  z.strictObject({
    action: Action,
    requestId,
    force: z.boolean().optional(),
  }),
);
export type CommandData = z.infer<typeof CommandMessage>["data"];

export const ConsoleInputMessage = incoming(
  "console_input",
  z.strictObject({ content: z.base64() }),
);

export const Topic = z.string().max(300).regex(
  /^(vms|events|commands|host|metrics:\*|metrics:.+|vm:.+)$/s,
  { error: "is not one of vms, vm:NAME, metrics:NAME, metrics:*, events, commands, host" },
);
export const SubscribeMessage = incoming(
  "subscribe",
  z.strictObject({
    topics: z.array(Topic).min(1).max(256),
    since: z.int().nonnegative().optional(),
  }),
);
export const UnsubscribeMessage = incoming(
  "unsubscribe",
  z.strictObject({ topics: z.array(Topic).min(1).max(256) }),
);
const ClientHeartbeat = incoming("heartbeat", z.strictObject({}));
/** Renews the socket's session with a newer token of the same user. */
const ClientAuth = incoming("auth", z.strictObject({ token: z.string().min(1).max(4096) }));
/** What every socket accepts. */
const COMMON = [ClientHeartbeat, ClientAuth] as const;
export const CommonMessage = z.discriminatedUnion("type", COMMON);

/** Takes the console from whatever else holds it. */
const TakeoverMessage = incoming("takeover", z.strictObject({}));
const ClientResizeHint = incoming("resize_hint", z.strictObject(columnsAndRows));

/** What each socket accepts. */
export const VMSocketMessage = z.discriminatedUnion("type", [CommandMessage, ...COMMON]);
export const ConsoleSocketMessage = z.discriminatedUnion("type", [
  ConsoleInputMessage,
  TakeoverMessage,
  ClientResizeHint,
  ...COMMON,
]);
export const EventsSocketMessage = z.discriminatedUnion("type", [
  SubscribeMessage,
  UnsubscribeMessage,
  ...COMMON,
]);
export type ClientMessage =
  | z.input<typeof VMSocketMessage>
  | z.input<typeof ConsoleSocketMessage>
  | z.input<typeof EventsSocketMessage>;
