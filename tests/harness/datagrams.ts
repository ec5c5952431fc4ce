/** Run with --unstable-net: prints each datagram that comes to the socket at PATH, a line each. */
const [path] = Deno.args;
const socket = Deno.listenDatagram({ transport: "unixpacket", path: path! });
console.log("listening");
for await (const [bytes] of socket) console.log(new TextDecoder().decode(bytes));
