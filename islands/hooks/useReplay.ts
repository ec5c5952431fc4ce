import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type CastEvent, parseCast, shortened } from "@/islands/hooks/cast.ts";
import { CastPlayer } from "@/islands/hooks/cast_player.ts";
import { openReplay } from "@/islands/hooks/open_replay.ts";

/** Seconds that a pause lasts at most when long ones are shortened. */
const LONGEST = 2;
/** Seconds that one frame counts for at most: a page that slept has nothing to catch up with. */
const FRAME = 0.25;

export interface ReplayState {
  kind: "loading" | "ready" | "failed";
  /** Why it failed. */
  message: string;
  playing: boolean;
  /** Seconds. */
  position: number;
  /** Seconds. */
  duration: number;
}

export interface Replay {
  box: RefObject<HTMLDivElement>;
  state: ReplayState;
  toggle(): void;
  seek(position: number): void;
}

const LOADING: ReplayState = {
  kind: "loading",
  message: "",
  playing: false,
  position: 0,
  duration: 0,
};

/** Replays the recording at `address` in the element that `box` is given to. */
export function useReplay(address: string, speed: number, shorten: boolean): Replay {
  const box = useRef<HTMLDivElement>(null);
  const player = useRef<CastPlayer | null>(null);
  const events = useRef<CastEvent[]>([]);
  const [state, setState] = useState<ReplayState>(LOADING);
  const timed = () => shorten ? shortened(events.current, LONGEST) : events.current;
  const show = () => {
    const { current } = player;
    if (current === null) return;
    const { playing, position, duration } = current;
    setState({ kind: "ready", message: "", playing, position, duration });
  };

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const gone = new AbortController();
    let close = () => {};
    load(address, gone.signal).then(async (cast) => {
      const screen = await openReplay(element, cast);
      if (gone.signal.aborted) return screen.close();
      events.current = cast.events;
      player.current = new CastPlayer(screen, timed());
      close = screen.close;
      show();
    }).catch((error) => {
      if (!gone.signal.aborted) setState({ ...LOADING, kind: "failed", message: error.message });
    });
    return () => {
      gone.abort();
      player.current = null;
      close();
    };
  }, [address]);

  useEffect(() => {
    player.current?.retime(timed());
    show();
  }, [shorten]);

  useEffect(() => {
    if (player.current) player.current.speed = speed;
  }, [speed, state.kind]);

  // Frames also go on while it is paused: after a seek the screen may need several of them.
  useEffect(() => {
    if (state.kind !== "ready") return;
    let before = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const { current } = player;
      const { playing = false } = current ?? {};
      current?.advance(Math.min(FRAME, Math.max(0, now - before) / 1000));
      before = now;
      if (playing) show();
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [state.kind]);

  return {
    box,
    state,
    toggle() {
      const { current } = player;
      if (current === null) return;
      if (current.playing) current.playing = false;
      else current.play();
      show();
    },
    seek(position) {
      player.current?.seek(position);
      show();
    },
  };
}

/** @throws Error in words for a person */
async function load(address: string, signal: AbortSignal) {
  const response = await fetch(address, { signal });
  if (response.ok) return parseCast(await response.text());
  const { detail } = await response.json().catch(() => ({ detail: "" }));
  throw new Error(detail || `The server answered ${response.status}.`);
}
