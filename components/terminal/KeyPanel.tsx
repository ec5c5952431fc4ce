import { KEYBOARD, KEYS } from "@/components/terminal/keys.ts";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";
import type { Keys } from "@/protocol/mod.ts";
import { common, terminal } from "@/texts/mod.ts";

interface Props {
  id: string;
  /** Whether what is typed gets through. */
  live: boolean;
  onKey: (sequence: string) => void;
  /** Keys of the VM's keyboard. */
  onPress: (keys: Keys) => void;
  /** Which of those were pressed last. */
  pressed: Keys | null;
  onClose: () => void;
}

/** Buttons for keys that do not get through a browser, or that a phone does not have. */
export function KeyPanel({ id, live, onKey, onPress, pressed, onClose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <div
      class="console-panel"
      id={id}
      role="group"
      aria-label={terminal.keys}
      onKeyDown={onKeyDown}
    >
      <div class="console-keypads">
        <div class="console-keys">
          {KEYS.map(([name, sequence]) => (
            <button
              key={name}
              type="button"
              class="console-key"
              aria-disabled={!live}
              onClick={() => onKey(sequence)}
            >
              {name.replace("Ctrl", common.ctrl)}
            </button>
          ))}
        </div>
        <div class="console-keys" role="group" aria-label={terminal.keyboard}>
          {KEYBOARD.map((keys) => (
            <button
              key={keys}
              type="button"
              class="console-key"
              title={terminal.keyMeanings[keys]}
              onClick={() => onPress(keys)}
            >
              {terminal.keyNames[keys]}
            </button>
          ))}
        </div>
      </div>
      <p class="console-note">
        {terminal.keyboardNote}{" "}
        <span role="status">
          {pressed === null
            ? null
            : terminal.pressed(terminal.keyNames[pressed], terminal.keyMeanings[pressed])}
        </span>
      </p>
      <ToolButton icon="close" label={terminal.closeKeys} onPress={onClose} />
    </div>
  );
}
