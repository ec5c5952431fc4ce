import { applyLook } from "@/islands/hooks/apply_look.ts";
import { copy } from "@/islands/hooks/copy.ts";
import { press } from "@/islands/hooks/keys.tsx";
import { openPalette } from "@/islands/hooks/palette.tsx";
import { ticked } from "@/islands/hooks/selection.tsx";
import { openNotices } from "@/islands/hooks/toasts.tsx";

/** Does what `isDemand` of on_demand.ts found asked for; `before` is the key pressed before it. */
export function serve(event: Event, before: string): void {
  const { type, target } = event;
  if (type === "keydown") {
    const { key, ctrlKey, metaKey } = event as KeyboardEvent;
    return ctrlKey || metaKey ? openPalette() : press(key, before);
  }
  if (type === "change") {
    const form = (target as HTMLInputElement).form!;
    return form.id === "vms" ? ticked(form, target) : void applyLook(form);
  }
  const { dataset } = (target as HTMLElement).closest<HTMLElement>("[data-on]")!;
  if (dataset.on === "copy") void copy(dataset.of!);
  else openNotices();
}
