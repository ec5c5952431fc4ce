// watch PORT PATH TOKEN TYPE [MESSAGE]: a WebSocket client that sends MESSAGE once and prints
// "NANOSECONDS TEXT" for every message of that type, stamped as its bytes arrive.
#include "clock.h"
#include "websocket.h"

static WebSocket ws;
static char message[1 << 22];

int main(int count, char **words) {
  if (count != 5 && count != 6) fail("usage: watch PORT PATH TOKEN TYPE [MESSAGE]");
  char type[64];
  snprintf(type, sizeof type, "\"type\":\"%s\"", words[4]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  ws_open(&ws, atoi(words[1]), words[2], words[3]);
  if (count == 6) ws_send(&ws, TEXT, words[5], strlen(words[5]));
  for (;;) {
    int64_t at = now_ns();
    for (int opcode; (opcode = ws_take(&ws, message, sizeof message));) {
      if (opcode != TEXT) continue;
      if (strstr(message, type)) printf("%lld %s\n", (long long)at, message);
      ws_answer_heartbeat(&ws, message);
    }
    struct pollfd readable = {ws.socket, POLLIN, 0};
    poll(&readable, 1, -1);
    ws_fill(&ws);
  }
}
