import { useEffect, useRef, useState } from "preact/hooks";
import type { ServerMessage } from "@/protocol/mod.ts";
import { EventsFeed } from "@/islands/hooks/events_feed.ts";
import type { Link } from "@/islands/hooks/link.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";

let feed: { feed: EventsFeed; users: number } | null = null;

/**
 * Follows `topics` of `/ws/events` over the page's one socket and calls `listener` with every
 * message; returns how that socket is doing.
 */
export function useEvents(topics: string[], listener: (message: ServerMessage) => void): Link {
  const [link, setLink] = useState<Link>({ kind: "connecting" });
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const { socket, release } = borrow("/ws/events", "/api/v1/host");
    const shared = feed ??= { feed: new EventsFeed(socket), users: 0 };
    shared.users++;
    const unfollow = shared.feed.follow(topics, (message) => latest.current(message));
    const unwatch = socket.watch(setLink);
    return () => {
      unwatch();
      unfollow();
      if (--shared.users === 0) {
        shared.feed.close();
        feed = null;
      }
      release();
    };
  }, [topics.join()]);
  return link;
}
