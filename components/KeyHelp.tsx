import type { RefObject } from "preact";
import { placeName, PLACES } from "@/components/places.ts";

interface Props {
  dialog?: RefObject<HTMLDialogElement>;
  onClose?: () => void;
}

const KEYS: [keys: string[], what: string][] = [
  [["Ctrl", "K"], "any VM, any action"],
  [["/"], "filter"],
  [["j"], "next VM"],
  [["k"], "previous VM"],
  [["Enter"], "open it"],
  [["Space"], "tick the box that has the focus"],
  ...PLACES.flatMap((place): [string[], string][] =>
    place.key ? [[["g", place.key], `go to ${placeName(place)}`]] : []
  ),
  [["?"], "these keys"],
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
        <h2 id="keys-title">Keys</h2>
        <dl class="keys-list">
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="soft">In a terminal all keys are the guest's.</p>
        <div class="confirm-buttons">
          <button type="submit" class="button" autofocus>Close</button>
        </div>
      </form>
    </dialog>
  );
}
