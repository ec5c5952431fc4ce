import { KEYS } from "@/components/terminal/keys.ts";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";

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
    <div class="console-panel" id={id} role="group" aria-label="Keys" onKeyDown={onKeyDown}>
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
        Ctrl Alt Del means nothing on a serial line, and libvirt cannot send Break or Magic SysRq
        over it.
      </p>
      <ToolButton icon="close" label="Close the keys (Esc)" onPress={onClose} />
    </div>
  );
}
