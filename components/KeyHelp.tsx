import type { RefObject } from "preact";
import { placeName, PLACES } from "@/components/places.ts";
import { common, keys as texts } from "@/texts/mod.ts";

interface Props {
  dialog?: RefObject<HTMLDialogElement>;
  onClose?: () => void;
}

const all = (): [keys: string[], what: string][] => [
  [[common.ctrl, "K"], texts.anyVM],
  [["/"], texts.filter],
  [["j"], texts.next],
  [["k"], texts.previous],
  [["Enter"], texts.open],
  [[common.space], texts.tick],
  [["+", "−"], texts.zoom],
  [["←", "→"], texts.move],
  [["Esc"], texts.whole],
  ...PLACES.flatMap((place): [string[], string][] =>
    place.key ? [[["g", place.key], texts.goTo(placeName(place))]] : []
  ),
  [["?"], texts.these],
];

/** All keys that do something. */
export function KeyHelp({ dialog, onClose }: Props) {
  return (
    <dialog
      class="confirm keys"
      open={dialog === undefined}
      aria-labelledby="keys-title"
      {...(dialog ? { ref: dialog } : {})}
      {...(onClose ? { onClose } : {})}
    >
      <form method="dialog">
        <h2 id="keys-title">{texts.title}</h2>
        <dl class="keys-list">
          {all().map(([keys, what]) => (
            <div key={what}>
              <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="soft">{texts.inTerminal}</p>
        <div class="confirm-buttons">
          <button type="submit" class="button" autofocus>{common.close}</button>
        </div>
      </form>
    </dialog>
  );
}
