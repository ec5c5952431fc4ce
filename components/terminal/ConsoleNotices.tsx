import { Notice } from "@/components/terminal/Notice.tsx";

interface Props {
  /** How much input waits for a guest that does not read, in words. */
  waiting: string | null;
  onDiscard: () => void;
  /** Something else holds the console, and may be put out. */
  busy: boolean;
  onTakeover: () => void;
  /** What went wrong. */
  trouble: string | null;
  onForget: () => void;
}

/** What is the matter with a console, and what can be done about it. */
export function ConsoleNotices(props: Props) {
  return (
    <div class="console-notices">
      {props.busy
        ? (
          <Notice action={{ label: "Take over…", onPress: props.onTakeover }}>
            Something else holds this console.
          </Notice>
        )
        : null}
      {props.waiting
        ? (
          <Notice action={{ label: "Discard", onPress: props.onDiscard }}>
            {props.waiting} of your input wait: the guest does not read.
          </Notice>
        )
        : null}
      {props.trouble ? <Notice onDismiss={props.onForget}>{props.trouble}</Notice> : null}
    </div>
  );
}
