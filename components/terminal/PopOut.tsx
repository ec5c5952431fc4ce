import { ToolIcon } from "@/components/terminal/ToolIcon.tsx";
import { terminal } from "@/texts/mod.ts";

/** A link, so that it opens a tab too; pressed it is a window with nothing else in it. */
export function PopOut({ vm }: { vm: string }) {
  const address = `/vms/${encodeURIComponent(vm)}/console`;
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(address, `console ${vm}`, "popup,width=960,height=640");
  };
  return (
    <a
      class="tool"
      href={address}
      target="_blank"
      aria-label={terminal.ownWindow}
      title={terminal.ownWindow}
      onClick={onClick}
    >
      <ToolIcon name="window" />
    </a>
  );
}
