// slow PORT PATH TOKEN BYTES: a viewer of a console, in the binary subprotocol, who reads BYTES bytes
// a second and never more. Prints "ready" once it is let in, and goes on until it is ended.
#include "clock.h"
#include "websocket.h"

// With a small window and small segments, or the kernel keeps megabytes on the way to it, and the
// server never notices how slow it is.
static int connect_narrowly(int port) {
  struct sockaddr_in to = loopback(port);
  int window = 4096, segment = 536, handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(handle, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
  setsockopt(handle, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
  if (connect(handle, (struct sockaddr *)&to, sizeof to) < 0) fail("nothing listens on %d", port);
  return handle;
}

int main(int count, char **words) {
  static WebSocket ws;
  static char bytes[1 << 16];
  if (count != 5) fail("usage: slow PORT PATH TOKEN BYTES");
  size_t size = atoi(words[4]);
  if (size < 1 || size > sizeof bytes) fail("between 1 and %zu bytes a second", sizeof bytes);
  ws_upgrade(&ws, connect_narrowly(atoi(words[1])), words[2], words[3], CONSOLE_PROTOCOL);
  puts("ready");
  fflush(stdout);
  for (;;) {
    sleep_us(1000000);
    if (read(ws.socket, bytes, size) <= 0) fail("the server closed the socket");
  }
}
