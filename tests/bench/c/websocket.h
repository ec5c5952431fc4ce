// As much of RFC 6455 as a client on the loopback needs: the handshake, whole text frames, pings.
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fail.h"

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

typedef struct {
  int socket;
  size_t filled;
  unsigned char buffer[1 << 22];
} WebSocket;

static inline int connect_loopback(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
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
  if (ws->filled == sizeof ws->buffer) fail("a message is larger than the buffer");
  ssize_t got = read(ws->socket, ws->buffer + ws->filled, sizeof ws->buffer - ws->filled);
  if (got <= 0) fail("the server closed the socket");
  ws->filled += got;
}

static inline void ws_open(WebSocket *ws, int port, const char *path, const char *token) {
  ws->socket = connect_loopback(port);
  if (ws->socket < 0) fail("nothing listens on port %d", port);
  dprintf(ws->socket,
          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dmlydGdsYXNzIGJlbmNoIQ==\r\n"
          "Authorization: Bearer %s\r\n\r\n",
          path, port, token);
  ws->filled = 0;
  unsigned char *end = NULL;
  while (!end) {
    ws_fill(ws);
    end = memmem(ws->buffer, ws->filled, "\r\n\r\n", 4);
  }
  if (strncmp((char *)ws->buffer, "HTTP/1.1 101", 12) != 0) {
    fail("no upgrade of %s: %.*s", path, (int)strcspn((char *)ws->buffer, "\r"), ws->buffer);
  }
  size_t head = end + 4 - ws->buffer;
  memmove(ws->buffer, ws->buffer + head, ws->filled -= head);
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

// Moves the first whole frame out of the buffer into `payload` (a C string of at most `size`
// bytes) and answers its opcode, or 0 when no whole frame is there yet.
static inline int ws_take(WebSocket *ws, char *payload, size_t size) {
  size_t head = 2;
  if (ws->filled < head) return 0;
  size_t length = ws->buffer[1] & 127, extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (ws->filled < head + extra) return 0;
  if (extra) length = 0;
  for (; extra > 0; extra--) length = length << 8 | ws->buffer[head++];
  if (ws->filled < head + length) return 0;
  if (length >= size) fail("a message of %zu bytes", length);
  int opcode = ws->buffer[0] & 15;
  memcpy(payload, ws->buffer + head, length);
  payload[length] = 0;
  ws->filled -= head + length;
  memmove(ws->buffer, ws->buffer + head + length, ws->filled);
  if (opcode == PING) ws_send(ws, PONG, payload, length);
  if (opcode == CLOSE) fail("the server closed the socket: %s", length > 2 ? payload + 2 : "");
  return opcode;
}

// The server closes a client that is silent for two heartbeats, so each of its own is answered.
static inline void ws_answer_heartbeat(WebSocket *ws, const char *message) {
  static const char beat[] = "{\"type\":\"heartbeat\",\"data\":{}}";
  if (strstr(message, "\"type\":\"heartbeat\"")) ws_send(ws, TEXT, beat, sizeof beat - 1);
}

#endif
