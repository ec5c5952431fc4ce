import { useEffect, useRef, useState } from "preact/hooks";
import type { Told } from "@/components/Outcome.tsx";
import { CHOICES, type Forced, isChoice, isForced } from "@/components/power.ts";
import { isPending, toldOf } from "@/islands/hooks/command_state.ts";
import type { VMWebSocket } from "@/islands/hooks/useVMWebSocket.ts";
import { power } from "@/texts/mod.ts";

/** How long a good outcome stays in sight, in ms; a bad one stays. */
const GLANCE = 8000;

export interface Power {
  busy: boolean;
  told: Told | null;
  /** The forced choice that is being asked about. */
  asking: Forced | null;
  stopAsking(): void;
  /** For the form of the buttons and for that of the question. */
  onSubmit(event: SubmitEvent): void;
}

/**
 * The power forms, brought to life: a press goes over the socket and its progress is told in place.
 * While the socket is away the forms go to the server as they are.
 */
export function usePower(
  { link, command, run }: VMWebSocket,
  first: { told: Told | null; asking: Forced | null },
): Power {
  const [asking, setAsking] = useState(first.asking);
  const [told, setTold] = useState(first.told);
  const doing = useRef("");
  const busy = command !== null && isPending(command);

  useEffect(() => {
    if (command === null) return;
    setTold(toldOf(command, doing.current));
    if (command.phase !== "done") return;
    const timer = setTimeout(() => setTold(null), GLANCE);
    return () => clearTimeout(timer);
  }, [command]);

  const onSubmit = (event: SubmitEvent) => {
    const { submitter } = event;
    const dialog = (event.target as HTMLElement).closest("dialog");
    const pressed = submitter instanceof HTMLButtonElement ? submitter : null;
    if (busy) return event.preventDefault();
    if (pressed?.formMethod === "dialog" || link.kind !== "live") return;
    const name = dialog ? asking : pressed?.value ?? null;
    if (!isChoice(name)) return;
    event.preventDefault();
    const choice = CHOICES[name];
    if (isForced(name) && !dialog) return setAsking(name);
    doing.current = power.doing[name];
    dialog?.close();
    run(choice.action, choice.force);
  };
  return { busy, told, asking, stopAsking: () => setAsking(null), onSubmit };
}
