import { useEffect, useRef } from "preact/hooks";
import type { Event } from "@/protocol/mod.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";

interface Heard {
  onEvent: (event: Event) => void;
  /** Some that happened are not remembered any more; those that are follow. */
  onGap: () => void;
}

/**
 * Follows every event after number `mark`, also what happened before the socket was there, or while
 * it was not. Some come twice, and then so does all that came after them.
 */
export function useEventsSince(mark: number, heard: Heard): void {
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    const { socket, release } = borrow("/ws/events", "/api/v1/host");
    let since = mark;
    const unlisten = socket.listen(({ type, data, timestamp }) => {
      if (type === "event") {
        since = data.seq;
        latest.current.onEvent({ ...data, time: timestamp });
      } else if (type === "subscribed" && data.gap) {
        // The page's other islands ask too, and their gap ends where this one does.
        const counted = data.seq < since ? 0 : since;
        if (data.gap.to <= counted) return;
        since = data.gap.to;
        latest.current.onGap();
      }
    });
    const unwatch = socket.watch(({ kind }) => {
      if (kind === "live") socket.send({ type: "subscribe", data: { topics: ["events"], since } });
    });
    return () => {
      unwatch();
      unlisten();
      release();
    };
  }, [mark]);
}
