import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { KeyHelp } from "@/components/KeyHelp.tsx";
import { PLACES } from "@/components/places.ts";

/** What can be gone to with j and k, in the order of the page. */
const STOPS = "[data-vm] th a, [data-stop]";

/** @param before the key pressed before it, if that was just now */
export function press(key: string, before: string): void {
  if (before === "g") return go(key);
  switch (key) {
    case "/":
      return document.querySelector<HTMLInputElement>("input[type=search]")?.select();
    case "?":
      return help();
    case "j":
      return move(1);
    case "k":
      return move(-1);
  }
}

/** The key after g. */
function go(key: string): void {
  const place = PLACES.find((place) => place.key === key);
  if (place) location.assign(place.href);
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
