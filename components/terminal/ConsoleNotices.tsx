import { Notice } from "@/components/terminal/Notice.tsx";
import { terminal as texts } from "@/texts/mod.ts";

interface Props {
  /** How much input waits for a guest that does not read, in words. */
  waiting: string | null;
  onDiscard: () => void;
  /** Something else holds the console, and may be put out. */
  busy: boolean;
  onTakeover: () => void;
  /** What went wrong, in words, and has not been dismissed. */
  troubles: readonly Trouble[];
}

/** Something that went wrong; null where nothing did. */
interface Trouble {
  said: string | null;
  onDismiss: () => void;
}

/** What is the matter with a console, and what can be done about it. */
export function ConsoleNotices(props: Props) {
  return (
    <div class="console-notices">
      {props.busy
        ? (
          <Notice action={{ label: texts.takeOver, onPress: props.onTakeover }}>
            {texts.taken}
          </Notice>
        )
        : null}
      {props.waiting
        ? (
          <Notice action={{ label: texts.discard, onPress: props.onDiscard }}>
            {texts.waiting(props.waiting)}
          </Notice>
        )
        : null}
      {props.troubles.map(({ said, onDismiss }, place) =>
        said ? <Notice key={place} onDismiss={onDismiss}>{said}</Notice> : null
      )}
    </div>
  );
}
