import type { Found, Show } from "@/components/happened.ts";
import { EVENT_KINDS, type EventKind } from "@/services/events.ts";
import type { Services, Session } from "@/services/mod.ts";

/** Lines of a timeline on one page. */
const LINES = 200;

/** Which part of the past a page shows. */
export interface Asked {
  show: Show;
  /** A VM's UUID, or the name that it had. */
  vm?: string | undefined;
  user?: string | undefined;
  /** Unix ms. */
  before?: number | undefined;
}

const OF_LIBVIRT = EVENT_KINDS.filter((kind) => kind !== "command" && kind !== "console");

/** Commands are no events here: they have lines of their own, out of their history. */
const KINDS: Record<Exclude<Show, "command">, readonly EventKind[]> = {
  all: [...OF_LIBVIRT, "console"],
  event: OF_LIBVIRT,
  console: ["console"],
};

/** What a timeline's lines are made of. */
export function past(
  { commands, events }: Services,
  session: Session,
  { show, ...filter }: Asked,
): Found {
  const limit = LINES + 1;
  return {
    mark: events.mark(),
    most: LINES,
    commands: show === "all" || show === "command"
      ? commands.list(session, { ...filter, limit })
      : [],
    events: show === "command"
      ? []
      : events.past(session, { ...filter, kinds: KINDS[show], limit }),
  };
}

/** That alone, for a page which asks what it would be made of now; null for who asks for a page. */
export function asData({ headers }: Request, found: Found): Response | null {
  if (headers.get("accept") !== "application/json") return null;
  // Under the page's own address: browsers would show it to who goes back there.
  return Response.json(found, { headers: { "cache-control": "no-store" } });
}
