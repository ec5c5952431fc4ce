import { useEffect, useRef, useState } from "preact/hooks";
import {
  ConsoleClient,
  type ConsoleSink,
  type ConsoleState,
} from "@/islands/hooks/console_client.ts";
import { socketAddress } from "@/islands/hooks/shared_socket.ts";

export interface VMConsole {
  /** Null until there is a sink. */
  state: ConsoleState | null;
  /** For what is done to the console; null until there is a sink. */
  client: ConsoleClient | null;
}

/**
 * The serial console of the VM `name` over `/ws/vms/{name}/console`. Output goes to `sink`, which
 * may be null until the terminal is there; the socket opens with the terminal.
 */
export function useVMConsole(name: string, sink: ConsoleSink | null): VMConsole {
  const [state, setState] = useState<ConsoleState | null>(null);
  const client = useRef<ConsoleClient | null>(null);
  useEffect(() => {
    if (sink === null) return;
    const id = encodeURIComponent(name);
    const opened = client.current = new ConsoleClient(
      socketAddress(`/ws/vms/${id}/console`),
      sink,
      { check: `/api/v1/vms/${id}` },
    );
    const stop = opened.watch(setState);
    return () => {
      stop();
      opened.close();
      client.current = null;
      setState(null);
    };
  }, [name, sink]);
  return { state, client: client.current };
}
