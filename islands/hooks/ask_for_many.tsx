import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Told } from "@/components/Outcome.tsx";
import { isSensible, ManyQuestion, type Target } from "@/components/ManyQuestion.tsx";
import type { ChoiceName } from "@/components/power.ts";
import { giveCommands } from "@/islands/hooks/give_commands.ts";
import { power } from "@/texts/mod.ts";

/**
 * Asks once whether to do it to all of them, does it, and shows what becomes of each. `done` is
 * called when it was done, not when one thought better of it.
 */
export function askForMany(choice: ChoiceName, targets: Target[], done: () => void): void {
  const place = document.body.appendChild(document.createElement("div"));
  const before = document.activeElement;
  const close = (begun: boolean) => {
    render(null, place);
    place.remove();
    if (begun) done();
    // What was pressed goes with the ticks.
    const back = before?.isConnected ? before : document.querySelector("[data-pick-all]");
    if (back instanceof HTMLElement) back.focus();
  };
  render(<Many choice={choice} targets={targets} close={close} />, place);
}

interface Props {
  choice: ChoiceName;
  targets: Target[];
  close: (begun: boolean) => void;
}

function Many({ choice, targets, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [told, setTold] = useState<ReadonlyMap<string, Told>>(new Map());
  const stop = useRef(() => {});
  useEffect(() => {
    dialog.current?.showModal();
    return () => stop.current();
  }, []);

  const onSubmit = (event: SubmitEvent) => {
    if (event.submitter?.getAttribute("formmethod") === "dialog") return;
    event.preventDefault();
    // The pressed button goes: the keyboard then stands on the one that stays.
    dialog.current?.querySelector("button")?.focus();
    const able = targets.filter((target) => isSensible(choice, target)).map(({ uuid }) => uuid);
    const waiting: Told = { kind: "pending", message: power.waiting };
    setTold(new Map(able.map((uuid) => [uuid, waiting])));
    stop.current = giveCommands(choice, able, (uuid, told) => {
      setTold((before) => new Map(before).set(uuid, told));
    });
  };
  return (
    <ManyQuestion
      choice={choice}
      targets={targets}
      open={false}
      told={told}
      dialog={dialog}
      onSubmit={onSubmit}
      onClose={() => close(told.size > 0)}
    />
  );
}
