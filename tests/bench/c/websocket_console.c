// websocket_console PORT PATH TOKEN KEYS: presses KEYS keys through the console's WebSocket (JSON
// with base64) and prints the nanoseconds from each to its echo.
#include "keys.h"
#include "websocket.h"

static WebSocket ws;
static char message[1 << 22];
static char pending[1 << 22];
static size_t filled;

static int sextet(char letter) {
  static const char alphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = letter ? strchr(alphabet, letter) : NULL;
  return found ? (int)(found - alphabet) : -1;
}

static void decode(const char *base64) {
  unsigned bits = 0;
  int held = 0;
  for (int value; (value = sextet(*base64)) >= 0; base64++) {
    bits = bits << 6 | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    if (filled == sizeof pending) fail("more output than fits");
    pending[filled++] = bits >> held;
  }
}

static void press(char key) {
  static const char alphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char text[128];
  int length = snprintf(text, sizeof text,
                        "{\"type\":\"console_input\",\"data\":{\"content\":\"%c%c==\"}}",
                        alphabet[key >> 2], alphabet[(key & 3) << 4]);
  ws_send(&ws, TEXT, text, length);
}

static void take(void) {
  for (int opcode; (opcode = ws_take(&ws, message, sizeof message));) {
    if (opcode != TEXT) continue;
    ws_answer_heartbeat(&ws, message);
    if (strstr(message, "\"type\":\"error\"")) fail("the server says %s", message);
    const char *content = strstr(message, "\"content\":\"");
    if (strstr(message, "\"type\":\"console\"") && content) decode(content + 11);
  }
}

static size_t read_console(char *bytes, size_t size, int timeout, int64_t *at) {
  static int64_t filled_at;
  int64_t deadline = now_ns() + timeout * 1000000LL;
  while (filled == 0) {
    int64_t left = (deadline - now_ns()) / 1000000;
    struct pollfd readable = {ws.socket, POLLIN, 0};
    if (poll(&readable, 1, left > 0 ? left : 0) == 0) return 0;
    ws_fill(&ws);
    filled_at = now_ns();
    take();
  }
  size_t length = filled < size ? filled : size;
  memcpy(bytes, pending, length);
  memmove(pending, pending + length, filled -= length);
  *at = filled_at;
  return length;
}

int main(int count, char **words) {
  if (count != 5) fail("usage: websocket_console PORT PATH TOKEN KEYS");
  ws_open(&ws, atoi(words[1]), words[2], words[3]);
  take();
  Terminal terminal = {press, read_console};
  keys_time(&terminal, atoi(words[4]));
  ws_send(&ws, CLOSE, "\x03\xe8", 2);
  close(ws.socket);
  return 0;
}
