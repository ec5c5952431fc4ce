import type { ComponentChildren } from "preact";
import { terminal } from "@/texts/mod.ts";

interface Props {
  children: ComponentChildren;
  /** What can be done about it. */
  action?: { label: string; onPress: () => void };
  /** For what need not be seen any longer. */
  onDismiss?: () => void;
}

/** A line between a terminal's tools and its screen that says what is the matter. */
export function Notice({ children, action, onDismiss }: Props) {
  return (
    <div class="console-notice" role="status">
      <p>{children}</p>
      {action
        ? <button type="button" class="console-key" onClick={action.onPress}>{action.label}</button>
        : null}
      {onDismiss
        ? <button type="button" class="console-key" onClick={onDismiss}>{terminal.dismiss}</button>
        : null}
    </div>
  );
}
