import { useState } from "preact/hooks";
import { duration as words } from "@/components/format.ts";
import { clock } from "@/components/player_clock.ts";
import { Icon } from "@/components/Icon.tsx";
import { useReplay } from "@/islands/hooks/useReplay.ts";
import { recordings as texts } from "@/texts/mod.ts";

interface Props {
  /** Address of the asciicast file. */
  cast: string;
}

const SPEEDS = [0.5, 1, 2, 4, 8];
/** Seconds that an arrow key goes back or on. */
const SKIP = 5;

/** Plays a recording of a console, as it was seen. */
export function Replay({ cast }: Props) {
  const [speed, setSpeed] = useState(1);
  const [shorten, setShorten] = useState(true);
  const { box, state, toggle, seek } = useReplay(cast, speed, shorten);
  const { kind, playing, position, duration } = state;
  const ready = kind === "ready";

  function onKey(event: KeyboardEvent) {
    if (!ready || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = shortcut(event);
    if (act === null) return;
    event.preventDefault();
    act();
  }

  /** What a key does; null where it is left to the browser or to what has the focus. */
  function shortcut({ key, target }: KeyboardEvent): (() => void) | null {
    const focused = target instanceof Element ? target.tagName : "";
    const own = ["BUTTON", "SELECT", "INPUT"].includes(focused);
    if (key === "k" || (key === " " && !own)) return toggle;
    if (key === "ArrowLeft" && !own) return () => seek(position - SKIP);
    if (key === "ArrowRight" && !own) return () => seek(position + SKIP);
    if (key === "Home" && !own) return () => seek(0);
    if (key === "End" && !own) return () => seek(duration);
    const at = SPEEDS.indexOf(speed);
    if (key === "<") return () => setSpeed(SPEEDS[Math.max(0, at - 1)] ?? 1);
    if (key === ">") return () => setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, at + 1)] ?? 1);
    return null;
  }

  return (
    <section
      class="console replay"
      aria-label={texts.replay}
      data-replay={ready ? playing ? "playing" : "paused" : kind}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <div class="console-box" ref={box}>
        <noscript>
          <p>{texts.needsScript}</p>
        </noscript>
      </div>
      {ready ? null : (
        <p class="replay-note" role="status">
          {kind === "failed" ? texts.failed(state.message) : texts.loading}
        </p>
      )}
      <div class="replay-bar">
        <button type="button" class="button" disabled={!ready} onClick={toggle}>
          <Icon name={playing ? "suspend" : "start"} />
          {playing ? texts.pause : texts.play}
        </button>
        <input
          type="range"
          class="replay-seek"
          aria-label={texts.position}
          aria-valuetext={texts.positionOf(words(position), words(duration))}
          min={0}
          max={duration}
          step="any"
          value={position}
          disabled={!ready}
          onInput={(event) => seek(event.currentTarget.valueAsNumber)}
        />
        <span class="replay-time">
          {clock(position)} <span class="of">/ {clock(duration)}</span>
        </span>
        <label class="replay-option">
          {texts.speed}
          <select
            value={speed}
            onChange={(event) => setSpeed(Number(event.currentTarget.value))}
          >
            {SPEEDS.map((value) => (
              <option key={value} value={value} selected={value === speed}>{value} ×</option>
            ))}
          </select>
        </label>
        <label class="replay-option">
          <input
            type="checkbox"
            checked={shorten}
            disabled={!ready}
            onChange={(event) => setShorten(event.currentTarget.checked)}
          />
          {texts.shorten}
        </label>
      </div>
    </section>
  );
}
