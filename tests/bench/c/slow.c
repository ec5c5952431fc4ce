// slow PORT PATH TOKEN BYTES: a viewer of a console, in the binary subprotocol, who reads BYTES bytes
// a second and never more. Prints "ready" once it is let in, and goes on until it is ended.
#include "clock.h"
#include "websocket.h"

int main(int count, char **words) {
  static WebSocket ws;
  static char bytes[1 << 16];
  if (count != 5) fail("usage: slow PORT PATH TOKEN BYTES");
  size_t size = atoi(words[4]);
  if (size < 1 || size > sizeof bytes) fail("between 1 and %zu bytes a second", sizeof bytes);
  ws_open_as(&ws, atoi(words[1]), words[2], words[3], CONSOLE_PROTOCOL);
  // What the kernel would take for it is not waiting at the server.
  int room = 4096;
  setsockopt(ws.socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  puts("ready");
  fflush(stdout);
  for (;;) {
    sleep_us(1000000);
    if (read(ws.socket, bytes, size) <= 0) fail("the server closed the socket");
  }
}
