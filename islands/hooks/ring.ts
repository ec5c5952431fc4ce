import type { TerminalOptions } from "@/components/terminal/options.ts";

/** A guest can ring as often as it likes; more often than this nobody needs to notice. */
const PAUSE = 400;

let last = 0;
let audio: AudioContext | null = null;

/** Rings the bell of the terminal in `box`. */
export function ring(bell: TerminalOptions["bell"], box: HTMLElement | null): void {
  if (bell === "off" || performance.now() - last < PAUSE) return;
  last = performance.now();
  if (bell === "sound") beep();
  else {
    const shadow = "inset 0 0 0 3px";
    box?.animate([{ boxShadow: `${shadow} #e3c073` }, { boxShadow: `${shadow} transparent` }], 300);
  }
}

function beep(): void {
  audio ??= new AudioContext();
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  const now = audio.currentTime;
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, now);
  volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.15);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + 0.15);
}
