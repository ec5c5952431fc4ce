import { PopOut } from "@/components/terminal/PopOut.tsx";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";
import { terminal as texts } from "@/texts/mod.ts";

/** What opens beside a terminal; one at a time. */
export type Panel = "search" | "keys" | "options";

interface Props {
  vm: string;
  /** Alone in a window of its own. */
  alone: boolean;
  /** Whether there is a terminal yet. */
  ready: boolean;
  readOnly: boolean;
  /** Whether the guest can be typed to now. */
  live: boolean;
  open: Panel | null;
  recording: { on: boolean; busy: boolean; toggle: () => void };
  /** `toggle` is null where nothing can fill the screen. */
  fullscreen: { full: boolean; toggle: (() => void) | null };
  onPanel: (panel: Panel) => void;
  onFit: () => void;
  onClear: () => void;
  onDownload: () => void;
}

/** The tools of a terminal; those that type or record are for whoever may type. */
export function ConsoleTools({ open, recording, fullscreen, onPanel, ...props }: Props) {
  return (
    <div class="console-tools" role="group" aria-label={texts.group} hidden={!props.ready}>
      <ToolButton
        icon="search"
        label={texts.search}
        open={open === "search"}
        controls="console-search"
        onPress={() => onPanel("search")}
      />
      {props.readOnly ? null : (
        <>
          <ToolButton
            icon="keys"
            label={texts.keys}
            open={open === "keys"}
            controls="console-keys"
            onPress={() => onPanel("keys")}
          />
          <ToolButton
            icon="fit"
            label={texts.fit}
            off={!props.live}
            onPress={props.onFit}
          />
          <ToolButton
            icon={recording.on ? "stop" : "record"}
            label={recording.on ? texts.stopRecording : texts.record}
            off={recording.busy}
            onPress={recording.toggle}
          />
        </>
      )}
      <ToolButton icon="clear" label={texts.clear} onPress={props.onClear} />
      <ToolButton
        icon="download"
        label={texts.download}
        onPress={props.onDownload}
      />
      <ToolButton icon="options" label={texts.options} onPress={() => onPanel("options")} />
      {props.alone ? null : <PopOut vm={props.vm} />}
      {fullscreen.toggle
        ? (
          <ToolButton
            icon={fullscreen.full ? "leave fullscreen" : "fullscreen"}
            label={fullscreen.full ? texts.leaveFullscreen : texts.fullscreen}
            onPress={fullscreen.toggle}
          />
        )
        : null}
    </div>
  );
}
