import { useEffect, useReducer, useRef } from "preact/hooks";
import type { VM } from "@/protocol/mod.ts";
import { ConfirmForce } from "@/components/ConfirmForce.tsx";
import { vmPath } from "@/components/format.ts";
import { listed } from "@/components/listed.ts";
import { Outcome, type Told } from "@/components/Outcome.tsx";
import type { Forced } from "@/components/power.ts";
import { PowerButtons } from "@/components/PowerButtons.tsx";
import { VMState } from "@/components/VMState.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { usePower } from "@/islands/hooks/usePower.ts";
import { useVMWebSocket } from "@/islands/hooks/useVMWebSocket.ts";
import { applyToVM } from "@/islands/hooks/vm_state.ts";
import { vm as texts } from "@/texts/mod.ts";

interface Props {
  vm: VM;
  /** Whether the user may give this VM commands. */
  maySwitch: boolean;
  /** The server's clock in ms. */
  now: number;
  /** What the server has to say about the form that was just sent. */
  told: Told | null;
  /** The forced choice that the server asks about. */
  asking: Forced | null;
}

/** A VM's name, its state as it changes, and its power buttons. */
export function VMHeader(props: Props) {
  const [{ vm, now: heard, gone }, apply] = useReducer(
    applyToVM,
    props,
    ({ vm, now }) => ({ vm: listed(vm, now), now, gone: false }),
  );
  const socket = useVMWebSocket(props.vm.name, apply);
  useEvents([`vm:${props.vm.name}`], apply);
  const now = useNow(heard);
  const power = usePower(socket, props);
  const missing = gone || (socket.link.kind === "ended" && socket.link.code === 4404);
  const head = useFocusKept(vm.status);
  return (
    <header class="vm-head" ref={head}>
      <div class="vm-title">
        <h1>{vm.name}</h1>
        {missing ? <Gone /> : <VMState vm={vm} now={now} />}
      </div>
      {missing ? null : (
        <div class="vm-power">
          {props.maySwitch
            ? (
              <>
                <PowerButtons
                  action={vmPath(vm)}
                  status={vm.status}
                  busy={power.busy}
                  onSubmit={power.onSubmit}
                />
                <Outcome told={power.told} />
              </>
            )
            : <p class="soft">{texts.readOnly}</p>}
        </div>
      )}
      {power.asking ? <Question vm={vm} power={power} open={props.asking !== null} /> : null}
    </header>
  );
}

function Gone() {
  return (
    <p class="vm-state">
      {texts.gone} <a href="/">{texts.backToHost}</a>
    </p>
  );
}

interface QuestionProps {
  vm: VM;
  power: ReturnType<typeof usePower>;
  /** The server sent it open; it is lifted over the page once there is a script to do it. */
  open: boolean;
}

function Question({ vm, power, open }: QuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.removeAttribute("open");
    element.showModal();
  }, []);
  if (power.asking === null) return null;
  return (
    <ConfirmForce
      vm={vm.name}
      action={vmPath(vm)}
      choice={power.asking}
      open={open}
      dialog={dialog}
      onSubmit={power.onSubmit}
      onClose={power.stopAsking}
    />
  );
}

/** The pressed button goes when the state changes; the keyboard then stands on the next one. */
function useFocusKept(status: string) {
  const head = useRef<HTMLElement>(null);
  const within = useRef(false);
  useEffect(() => {
    const element = head.current;
    const note = ({ type }: Event) => within.current = type === "focusin";
    element?.addEventListener("focusin", note);
    document.addEventListener("pointerdown", note);
    return () => {
      element?.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", note);
    };
  }, []);
  useEffect(() => {
    if (!within.current || document.activeElement !== document.body) return;
    head.current?.querySelector("button")?.focus();
  }, [status]);
  return head;
}
