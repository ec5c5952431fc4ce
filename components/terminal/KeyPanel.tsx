import { KEYS } from "@/components/terminal/keys.ts";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";
import { terminal } from "@/texts/mod.ts";

interface Props {
  id: string;
  onKey: (sequence: string) => void;
  onClose: () => void;
}

/** Buttons for keys that do not get through a browser, or that a phone does not have. */
export function KeyPanel({ id, onKey, onClose }: Props) {
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
      <div class="console-keys">
        {KEYS.map(([name, sequence]) => (
          <button
            key={name}
            type="button"
            class="console-key"
            onClick={() => onKey(sequence)}
          >
            {name}
          </button>
        ))}
      </div>
      <p class="console-note">
        {terminal.noSuchKeys}
      </p>
      <ToolButton icon="close" label={terminal.closeKeys} onPress={onClose} />
    </div>
  );
}
