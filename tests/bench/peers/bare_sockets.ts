// deno run -A bare_sockets.ts PORT [FILE]: the least a Deno server with WebSockets can be. With FILE,
// it sends every client that has said something the values of that file (JSON) each second, in one
// message for all of them.
const [port = "", file] = Deno.args;
const values = file === undefined ? null : JSON.parse(await Deno.readTextFile(file));
const listeners = new Set<WebSocket>();

if (values !== null) {
  setInterval(() => {
    const timestamp = new Date().toISOString();
    const text = JSON.stringify({ type: "samples", timestamp, data: values });
    for (const socket of listeners) socket.send(text);
  }, 1000);
}

Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen: () => console.log("ready") },
  (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = () => listeners.add(socket);
    socket.onclose = () => listeners.delete(socket);
    return response;
  },
);
