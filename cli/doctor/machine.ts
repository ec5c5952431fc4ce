import { type Finding, ok, warning } from "./finding.ts";

const MIB = 1024 * 1024;

/** A time before virtglass was written is a clock that was never set. */
const WRITTEN = Date.UTC(2026, 0, 1);

/** https://man7.org/linux/man-pages/man2/adjtimex.2.html: size of struct timex, place of `status`. */
const TIMEX_SIZE = 208;
const STATUS = 40;
const STA_UNSYNC = 0x40;

export function lookAtClock(): Finding[] {
  return [clockOf(new Date(), isSynchronised())];
}

/** @param synchronised null where that cannot be asked */
export function clockOf(now: Date, synchronised: boolean | null): Finding {
  const time = now.toISOString();
  if (now.getTime() < WRITTEN) {
    const says = `it says ${time}: certificates and second factors do not work so`;
    return warning("clock", says, SET_CLOCK);
  }
  if (synchronised === null) return ok("clock", `${time}; who keeps it right cannot be told here`);
  if (synchronised) return ok("clock", `${time}, synchronised`);
  return warning(
    "clock",
    `it says ${time}, and nothing keeps it right: second factors fail when it is 30 s off`,
    SET_CLOCK,
  );
}

const SET_CLOCK = "timedatectl set-ntp true";

/**
 * As the kernel has it from whatever sets the clock, be it chrony, ntpd or systemd. Null within a
 * container, most of which may not even ask.
 */
function isSynchronised(): boolean | null {
  const libc = Deno.dlopen("libc.so.6", {
    adjtimex: { parameters: ["buffer" /* struct timex *buf: modes 0 only asks */], result: "i32" },
  });
  const timex = new DataView(new ArrayBuffer(TIMEX_SIZE));
  const state = libc.symbols.adjtimex(timex);
  libc.close();
  return state < 0 ? null : (timex.getInt32(STATUS, true) & STA_UNSYNC) === 0;
}

/** virtglass takes about 100 MiB; what a thousand VMs' histories take is about as much again. */
const LITTLE_MEMORY = 256 * MIB;

export function lookAtMemory(): Finding[] {
  const told = /^MemAvailable: +(\d+) kB/m.exec(Deno.readTextFileSync("/proc/meminfo"))?.[1];
  const available = Number(told) * 1024;
  const says = `${Math.round(available / MIB)} MiB available`;
  if (available >= LITTLE_MEMORY) return [ok("memory", says)];
  return [
    warning("memory", says, "give guests less memory, or stop one: virsh list --title"),
  ];
}

/** A socket each for clients, consoles and commands, and a few dozen files. */
const FEW_DESCRIPTORS = 1024;

export function lookAtDescriptors(): Finding[] {
  const limits = Deno.readTextFileSync("/proc/self/limits");
  const most = Number(/^Max open files +\S+ +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  if (most >= FEW_DESCRIPTORS) return [ok("file descriptors", `${most} may be open`)];
  return [
    warning(
      "file descriptors",
      `only ${most} may be open, one for each client and console`,
      "ulimit -n 65536, or in the service: systemctl edit virtglass, LimitNOFILE=65536",
    ),
  ];
}
