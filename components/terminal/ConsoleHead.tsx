import type { ComponentChildren, RefObject } from "preact";
import { Countdown } from "@/components/Countdown.tsx";
import { common, terminal as texts } from "@/texts/mod.ts";

interface Props {
  head: RefObject<HTMLElement>;
  vm: string;
  /** Alone in a window of its own, which needs the VM's name. */
  alone: boolean;
  /** How the console is doing, in words. */
  status: string;
  /** When a lost connection is tried again; null while none is waited for. */
  until: number | null;
  recording: boolean;
  /** Whether there is a terminal yet. */
  ready: boolean;
  readOnly: boolean;
  /** Who else is there, in words. */
  shared: string;
  /** What the guest calls its terminal. */
  title: string;
  /** The tools. */
  children: ComponentChildren;
}

/** What stands above a terminal: how it is doing, who is there, and its tools. */
export function ConsoleHead({ head, readOnly, ...props }: Props) {
  return (
    <header class="console-head" ref={head} tabIndex={-1}>
      {props.alone ? <h1>{props.vm}</h1> : <h2>{texts.title}</h2>}
      <p class="console-state" role="status">
        {props.status}
        {props.until === null ? null : <Countdown until={props.until} />}
      </p>
      {props.recording
        ? (
          <p class="console-recording">
            <span class="console-recording-dot" aria-hidden="true" />
            {texts.recording}
          </p>
        )
        : null}
      {readOnly && props.ready ? <p class="console-mark">{texts.readOnly}</p> : null}
      {props.shared === "" ? null : <p class="console-company">{props.shared}</p>}
      <p class="console-title">{props.title}</p>
      {readOnly ? null : (
        <p class="console-hint">
          <span>
            <kbd>{common.shift}</kbd> <kbd>Esc</kbd> {texts.leaves}
          </span>
        </p>
      )}
      {props.children}
    </header>
  );
}
