import type { Ticket } from "@/protocol/mod.ts";
import { type OpenSocket, Socket } from "@/islands/hooks/socket.ts";

/**
 * Opens sockets for who has tokens where virtglass's own pages have a cookie. Each attempt shows a
 * ticket of its own, and a socket goes on with another token before the one that it has ends.
 *
 * `token` gives an access token that is good for some minutes, or an API token. When it rejects, that
 * is as if the server did not answer.
 */
export function byToken(token: () => Promise<string>): OpenSocket {
  const ask = async (address: string | URL | Request, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${await token()}`);
    return await fetch(address, { ...init, headers });
  };
  return (address, options) => {
    const socket = new Socket(() => withTicket(address(), ask), { ...options, fetch: ask });
    socket.listen(({ type }) => {
      if (type === "auth_expiring") void renew(socket, token);
    });
    return socket;
  };
}

/** Without a ticket the server refuses the socket, and what is asked then tells why. */
async function withTicket(address: string, ask: typeof fetch): Promise<string> {
  const url = new URL(address);
  const tickets = new URL("/api/v1/auth/ws-ticket", url);
  tickets.protocol = url.protocol === "wss:" ? "https:" : "http:";
  try {
    const response = await ask(tickets, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ path: url.pathname }),
    });
    const { ticket }: Partial<Ticket> = await response.json();
    if (ticket !== undefined) url.searchParams.set("token", ticket);
  } catch {
    // It has no token, or nobody answers.
  }
  return url.href;
}

/** Without a newer token the server ends the socket in time, and another one is opened. */
async function renew(socket: Socket, token: () => Promise<string>): Promise<void> {
  const newer = await token().catch(() => null);
  if (newer !== null) socket.send({ type: "auth", data: { token: newer } });
}
