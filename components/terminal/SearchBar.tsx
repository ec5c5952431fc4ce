import { useEffect, useRef } from "preact/hooks";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";
import { terminal } from "@/texts/mod.ts";

interface Props {
  id: string;
  /** What was found, in words. */
  found: string;
  onFind: (text: string, way: "here" | "next" | "previous") => void;
  onClose: () => void;
}

/** Searches a terminal while one types. */
export function SearchBar({ id, found, onFind, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const find = (way: "here" | "next" | "previous") => onFind(field.current?.value ?? "", way);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") find(event.shiftKey ? "previous" : "next");
    else return;
    event.preventDefault();
  };
  return (
    <div class="console-panel" id={id} role="search" aria-label={terminal.group}>
      <input
        ref={field}
        type="search"
        class="console-search"
        aria-label={terminal.searchField}
        placeholder={terminal.searchHint}
        spellcheck={false}
        autocomplete="off"
        onInput={() => find("here")}
        onKeyDown={onKeyDown}
      />
      <span class="console-found" role="status">{found}</span>
      <ToolButton icon="up" label={terminal.previous} onPress={() => find("previous")} />
      <ToolButton icon="down" label={terminal.next} onPress={() => find("next")} />
      <ToolButton icon="close" label={terminal.closeSearch} onPress={onClose} />
    </div>
  );
}
