import { useRef } from "preact/hooks";
import { useTerminal } from "@/islands/hooks/useTerminal.ts";
import { useVMConsole, type VMConsole } from "@/islands/hooks/useVMConsole.ts";

interface Props {
  name: string;
  readOnly: boolean;
}

/** The serial console of a VM, as if sitting at the rack. */
export function VMTerminal({ name, readOnly }: Props) {
  const type = useRef((_: Uint8Array) => {});
  const head = useRef<HTMLElement>(null);
  const { box, sink, failed } = useTerminal({
    readOnly,
    onInput: (bytes) => type.current(bytes),
    onLeave: () => head.current?.focus(),
  });
  const line = useVMConsole(name, sink);
  type.current = line.type;
  return (
    <section class="console" aria-label="Serial console" data-console={line.line.kind}>
      <header class="console-head" ref={head} tabIndex={-1}>
        <h2>Serial console</h2>
        <p role="status">
          {failed ? "The terminal could not be loaded. Reload the page." : ""}
          {sink === null ? "" : describe(line, readOnly)}
        </p>
        <p class="console-hint" hidden={sink === null}>
          {readOnly ? "Read-only" : (
            <>
              <kbd>Shift</kbd> <kbd>Esc</kbd> leaves the terminal
            </>
          )}
        </p>
      </header>
      <div class="console-box" ref={box}>
        <noscript>
          <p>
            The terminal needs JavaScript. On the host, <code>virsh console</code>{" "}
            opens the same line.
          </p>
        </noscript>
      </div>
    </section>
  );
}

function describe({ link, line }: VMConsole, readOnly: boolean): string {
  if (link.kind === "ended") return link.reason;
  if (link.kind === "waiting" || link.kind === "offline") return "Reconnecting…";
  if (link.kind === "connecting") return "Connecting…";
  if (line.kind === "refused") return line.message;
  if (line.kind === "closed") return "Closed. It opens again when the VM starts.";
  return line.kind === "quiet" && !readOnly
    ? "Connected. Press Enter if the guest is silent."
    : "Connected";
}
