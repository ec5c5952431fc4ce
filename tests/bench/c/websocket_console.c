// websocket_console PORT PATH TOKEN json|binary TASK...: does a task of tasks.h at the console's
// WebSocket, in JSON with base64 or in the binary subprotocol.
#include "tasks.h"
#include "websocket.h"

static WebSocket ws;
static bool binary, attached;
static char message[WS_BUFFER];
static char pending[2 * WS_BUFFER];
static size_t filled;

static int sextet(char letter) {
  static const char alphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = letter ? strchr(alphabet, letter) : NULL;
  return found ? (int)(found - alphabet) : -1;
}

static void keep(const char *bytes, size_t length) {
  if (length > sizeof pending - filled) fail("more output than fits");
  memcpy(pending + filled, bytes, length);
  filled += length;
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
  if (binary) return ws_send(&ws, BINARY, &key, 1);
  static const char alphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char text[128];
  int length = snprintf(text, sizeof text,
                        "{\"type\":\"console_input\",\"data\":{\"content\":\"%c%c==\"}}",
                        alphabet[key >> 2], alphabet[(key & 3) << 4]);
  ws_send(&ws, TEXT, text, length);
}

static void take(void) {
  size_t length;
  for (int opcode; (opcode = ws_take_bytes(&ws, message, sizeof message, &length));) {
    if (opcode == BINARY) keep(message, length);
    if (opcode != TEXT) continue;
    ws_answer_heartbeat(&ws, message);
    if (strstr(message, "\"type\":\"error\"")) fail("the server says %s", message);
    if (strstr(message, "\"type\":\"gap\"")) fail("the server skipped output: %s", message);
    attached |= strstr(message, "\"type\":\"attached\"") != NULL;
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
  if (count < 7) fail("usage: websocket_console PORT PATH TOKEN json|binary TASK...");
  binary = strcmp(words[4], "binary") == 0;
  ws_open_as(&ws, atoi(words[1]), words[2], words[3], binary ? CONSOLE_PROTOCOL : NULL);
  // What is typed before the server has the console is refused.
  for (take(); !attached; take()) ws_fill(&ws);
  Terminal terminal = {press, read_console};
  task_do(&terminal, count - 5, words + 5);
  ws_close(&ws);
  return 0;
}
