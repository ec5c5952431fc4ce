import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { KeyHelp } from "@/components/KeyHelp.tsx";
import { PLACES } from "@/components/places.ts";

/** What can be gone to with j and k, in the order of the page. */
const STOPS = "[data-vm] th a, [data-stop]";

export function press(key: string): void {
  switch (key) {
    case "/":
      return document.querySelector<HTMLInputElement>("input[type=search]")?.select();
    case "?":
      return help();
    case "g":
      return addEventListener("keydown", go, { once: true, capture: true });
    case "j":
      return move(1);
    case "k":
      return move(-1);
  }
}

/** The key after g. */
function go(event: KeyboardEvent): void {
  const place = PLACES.find(({ key }) => key === event.key);
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  location.assign(place.href);
}

function move(by: number): void {
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)];
  const row = document.activeElement?.closest("[data-vm]");
  const at = stops.findIndex((stop) =>
    stop === document.activeElement || (row && row === stop.closest("[data-vm]"))
  );
  const next = at === -1 ? stops.at(by > 0 ? 0 : -1) : stops[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function help(): void {
  const place = document.body.appendChild(document.createElement("div"));
  render(
    <Help
      close={() => {
        render(null, place);
        place.remove();
      }}
    />,
    place,
  );
}

function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return <KeyHelp dialog={dialog} onClose={close} />;
}
