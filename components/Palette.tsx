import type { RefObject } from "preact";
import { Icon } from "@/components/Icon.tsx";
import type { Entry } from "@/components/palette_entries.ts";
import { keys } from "@/texts/mod.ts";

interface Props {
  entries: Entry[];
  /** Which of them Enter chooses. */
  at: number;
  words: string;
  dialog?: RefObject<HTMLDialogElement>;
  onWords?: (words: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onChoose?: (entry: Entry | undefined) => void;
  onClose?: () => void;
}

/** Any VM and any action, found by typing parts of their names. */
export function Palette(props: Props) {
  const { entries, at, words, dialog, onWords, onKeyDown, onChoose, onClose } = props;
  return (
    <dialog
      class="palette"
      open={dialog === undefined}
      aria-label={keys.palette}
      {...(dialog ? { ref: dialog } : {})}
      {...(onClose ? { onClose } : {})}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChoose?.(entries[at]);
        }}
      >
        <input
          class="palette-words"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-label={keys.palette}
          {...(entries.length > 0 ? { "aria-activedescendant": `palette-${at}` } : {})}
          placeholder={keys.palette}
          value={words}
          autocomplete="off"
          spellcheck={false}
          autofocus
          onInput={({ currentTarget }) => onWords?.(currentTarget.value)}
          {...(onKeyDown ? { onKeyDown } : {})}
        />
      </form>
      <ul class="palette-list" id="palette-list" role="listbox" aria-label={keys.found}>
        {entries.map((entry, index) => (
          <li
            key={`${entry.label}\n${entry.href}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            ref={(line) => {
              if (index === at) line?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => onChoose?.(entry)}
          >
            {entry.choice
              ? <Icon name={entry.choice} />
              : <Icon name={entry.uuid === "" ? "page" : "vm"} />}
            <span class="palette-label">{entry.label}</span>
            <span class="soft">{entry.note}</span>
          </li>
        ))}
        {entries.length === 0 ? <li role="option" aria-selected="false">{keys.nothing}</li> : null}
      </ul>
    </dialog>
  );
}
