// As much of RFC 6455 as a client on the loopback needs: the handshake, whole frames, pings.
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "fail.h"

enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

// The subprotocol in which a console's bytes are binary messages.
#define CONSOLE_PROTOCOL "virtglass.console.v1"

// The largest message, with what may follow it. Untouched pages of it cost nothing.
enum { WS_BUFFER = 1 << 22 };

typedef struct {
  int socket;
  size_t taken, filled;  // The bytes between the two are there and wait to be taken.
  unsigned char *buffer;
  int64_t answered_at;  // When it last answered a heartbeat; 0: never.
} WebSocket;

static inline struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static inline int connect_loopback(int port) {
  struct sockaddr_in to = loopback(port);
  int one = 1, handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(handle, (struct sockaddr *)&to, sizeof to) == 0) return handle;
  close(handle);
  return -1;
}

static inline void write_all(int handle, const void *bytes, size_t length) {
  for (const char *at = bytes; length > 0;) {
    ssize_t sent = write(handle, at, length);
    if (sent <= 0) fail("the server closed the socket");
    at += sent;
    length -= sent;
  }
}

// Reads what is there; at least one byte. Ends the program when the server has closed.
static inline void ws_fill(WebSocket *ws) {
  memmove(ws->buffer, ws->buffer + ws->taken, ws->filled -= ws->taken);
  ws->taken = 0;
  if (ws->filled == WS_BUFFER) fail("a message is larger than the buffer");
  ssize_t got = read(ws->socket, ws->buffer + ws->filled, WS_BUFFER - ws->filled);
  if (got <= 0) fail("the server closed the socket");
  ws->filled += got;
}

// Asks for the upgrade on a connected socket, with a subprotocol (NULL: none).
static inline void ws_upgrade(WebSocket *ws, int handle, const char *path, const char *token,
                              const char *protocol) {
  ws->socket = handle;
  if (!ws->buffer && !(ws->buffer = malloc(WS_BUFFER))) fail("no memory for a WebSocket");
  dprintf(handle,
          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dmlydGdsYXNzIGJlbmNoIQ==\r\n"
          "%s%s%sAuthorization: Bearer %s\r\n\r\n",
          path, protocol ? "Sec-WebSocket-Protocol: " : "", protocol ? protocol : "",
          protocol ? "\r\n" : "", token);
  ws->taken = ws->filled = 0;
  unsigned char *end = NULL;
  while (!end) {
    ws_fill(ws);
    end = memmem(ws->buffer, ws->filled, "\r\n\r\n", 4);
  }
  if (strncmp((char *)ws->buffer, "HTTP/1.1 101", 12) != 0) {
    fail("no upgrade of %s: %.*s", path, (int)strcspn((char *)ws->buffer, "\r"), ws->buffer);
  }
  ws->taken = end + 4 - ws->buffer;
}

// May be called again with what was closed.
static inline void ws_open_as(WebSocket *ws, int port, const char *path, const char *token,
                              const char *protocol) {
  int handle = connect_loopback(port);
  if (handle < 0) fail("nothing listens on port %d", port);
  ws_upgrade(ws, handle, path, token, protocol);
}

static inline void ws_open(WebSocket *ws, int port, const char *path, const char *token) {
  ws_open_as(ws, port, path, token, NULL);
}

// A client must mask; a mask of zeroes leaves the payload as it is.
static inline void ws_send(WebSocket *ws, int opcode, const char *payload, size_t length) {
  unsigned char frame[8 + 65536];
  if (length > 65535) fail("a frame of %zu bytes", length);
  size_t head = 2;
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (length >= 126) frame[head++] = length >> 8, frame[head++] = length & 255;
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, payload, length);
  write_all(ws->socket, frame, head + 4 + length);
}

// Takes the first whole frame: answers its opcode with its payload copied to `payload` (at most
// `size` bytes with the zero that is put behind it), or 0 when no whole frame is there yet.
static inline int ws_take_bytes(WebSocket *ws, char *payload, size_t size, size_t *taken) {
  const unsigned char *frame = ws->buffer + ws->taken;
  size_t there = ws->filled - ws->taken, head = 2;
  if (there < head) return 0;
  size_t length = frame[1] & 127, extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (there < head + extra) return 0;
  if (extra) length = 0;
  for (; extra > 0; extra--) length = length << 8 | frame[head++];
  if (there < head + length) return 0;
  if (length >= size) fail("a message of %zu bytes", length);
  int opcode = frame[0] & 15;
  memcpy(payload, frame + head, length);
  payload[length] = 0;
  *taken = length;
  ws->taken += head + length;
  if (opcode == PING) ws_send(ws, PONG, payload, length);
  if (opcode == CLOSE) fail("the server closed the socket: %s", length > 2 ? payload + 2 : "");
  return opcode;
}

// The same for text, which is a C string afterwards.
static inline int ws_take(WebSocket *ws, char *payload, size_t size) {
  size_t length;
  return ws_take_bytes(ws, payload, size, &length);
}

// The server closes a client that is silent for two heartbeats, so each of its own is answered; not
// what it sends back to that answer, or the two would never stop.
static inline void ws_answer_heartbeat(WebSocket *ws, const char *message) {
  static const char beat[] = "{\"type\":\"heartbeat\",\"data\":{}}";
  if (!strstr(message, "\"type\":\"heartbeat\"")) return;
  int64_t now = now_ns();
  if (ws->answered_at && now - ws->answered_at < 5000000000) return;
  ws->answered_at = now;
  ws_send(ws, TEXT, beat, sizeof beat - 1);
}

// Says goodbye, as a browser's page does.
static inline void ws_close(WebSocket *ws) {
  ws_send(ws, CLOSE, "\x03\xe8", 2);
  close(ws->socket);
}

#endif
