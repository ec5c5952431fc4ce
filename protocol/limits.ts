/** The version of the protocol. */
export const PROTOCOL = 1;

/** The WebSocket subprotocol in which a console's bytes are binary messages. */
export const CONSOLE_PROTOCOL = "virtglass.console.v1";

/** Seconds between two heartbeats of the server; silence for two of them closes the socket. */
export const HEARTBEAT_INTERVAL = 15;

/** The largest message a client may send, in bytes. */
export const MAX_MESSAGE = 64 * 1024;

/** Bytes of console input that a client may have sent beyond what `input` said was taken. */
export const INPUT_WINDOW = 64 * 1024;
