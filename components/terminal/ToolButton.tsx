import { ToolIcon, type ToolIconName } from "@/components/terminal/ToolIcon.tsx";

interface Props {
  icon: ToolIconName;
  /** Its name, and what a pointer that rests on it is told. */
  label: string;
  onPress: () => void;
  /** Whether what it opens is open. */
  open?: boolean;
  /** `id` of what it opens. */
  controls?: string;
  /** Stays in the keyboard's order, but does nothing. */
  off?: boolean;
}

/** A button of a terminal's tools: a drawing with a name. */
export function ToolButton({ icon, label, onPress, open, controls, off = false }: Props) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      aria-expanded={open}
      aria-controls={open ? controls : undefined}
      aria-disabled={off || undefined}
      onClick={() => off || onPress()}
    >
      <ToolIcon name={icon} />
    </button>
  );
}
