// resume PORT PATH TOKEN AWAY...: watches a console that prints the numbers of output.h without end,
// in the binary subprotocol. For each AWAY it vanishes without a word, comes back after so many
// milliseconds and asks for the bytes from where it was. Every byte must be the one that its place
// demands. Prints "BYTES WRONG GAPS SKIPPED": how many came, how many were lost, doubled or others,
// how many gaps the server told, and of how many bytes.
#include "output.h"
#include "websocket.h"

static WebSocket ws;
static char message[WS_BUFFER], stream[128];
static int64_t position = -1;  // Where in the stream the next byte stands, as the server says.
static int64_t wanted = -1;    // The first byte that has not come yet.
static int64_t base = -1;      // Where in the stream the first number began; -1: not known yet.
static int64_t bytes, wrong, gaps, skipped;

static int64_t number(const char *text, const char *field) {
  const char *found = strstr(text, field);
  if (!found) fail("no %s in %s", field, text);
  return atoll(found + strlen(field));
}

static void on_attached(void) {
  char known[sizeof stream];
  strcpy(known, stream);
  const char *id = strstr(message, "\"streamId\":\"");
  if (!id || sscanf(id + 12, "%127[^\"]", stream) != 1) fail("no stream in %s", message);
  if (*known && strcmp(known, stream) != 0) fail("another stream began: %s", message);
  position = number(message, "\"offset\":");
  if (wanted < 0) wanted = position;
}

static void on_gap(void) {
  int64_t from = number(message, "\"from\":"), to = number(message, "\"to\":");
  if (from != wanted || to <= from) fail("a gap at %lld: %s", (long long)wanted, message);
  position = wanted = to;
  gaps++;
  skipped += to - from;
}

// Looks for three numbers that follow each other: then the place of every byte is known.
static void find_base(char byte) {
  enum { LINES = 3 * OUTPUT_LINE };
  static char window[LINES + 1];
  memmove(window, window + 1, LINES - 1);
  window[LINES - 1] = byte;
  int64_t place = (atoi(window) - OUTPUT_FIRST) * (int64_t)OUTPUT_LINE;
  if (place < 0) return;
  for (int i = 0; i < LINES; i++) {
    if (window[i] != output_byte(place + i)) return;
  }
  base = position + 1 - LINES - place;
}

static void on_bytes(size_t length) {
  if (position < 0) fail("bytes came before \"attached\"");
  // Those that came twice, or never.
  wrong += llabs(position - wanted);
  for (size_t i = 0; i < length; i++, position++) {
    if (base < 0) find_base(message[i]);
    else if (message[i] != output_byte(position - base)) wrong++;
  }
  if (base >= 0) bytes += length;
  wanted = position;
}

static void listen_until(int64_t end) {
  for (int64_t left; (left = (end - now_ns()) / 1000000) > 0;) {
    size_t length;
    for (int opcode; (opcode = ws_take_bytes(&ws, message, sizeof message, &length));) {
      if (opcode == BINARY) on_bytes(length);
      if (opcode != TEXT) continue;
      ws_answer_heartbeat(&ws, message);
      if (strstr(message, "\"type\":\"error\"")) fail("the server says %s", message);
      if (strstr(message, "\"type\":\"eof\"")) fail("the console ended: %s", message);
      if (strstr(message, "\"type\":\"attached\"")) on_attached();
      if (strstr(message, "\"type\":\"gap\"")) on_gap();
    }
    struct pollfd readable = {ws.socket, POLLIN, 0};
    if (poll(&readable, 1, left) > 0) ws_fill(&ws);
  }
}

static void vanish(void) {
  struct linger at_once = {1, 0};
  setsockopt(ws.socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(ws.socket);
}

int main(int count, char **words) {
  if (count < 5) fail("usage: resume PORT PATH TOKEN AWAY...");
  int port = atoi(words[1]);
  srand(getpid());
  ws_open_as(&ws, port, words[2], words[3], CONSOLE_PROTOCOL);
  listen_until(now_ns() + 1000000000);
  for (int i = 4; i < count; i++) {
    // Not on a beat of anybody's.
    listen_until(now_ns() + 500000000 + rand() % 500000000);
    if (base < 0) fail("no numbers came");
    char path[512];
    snprintf(path, sizeof path, "%s?stream=%s&offset=%lld", words[2], stream, (long long)wanted);
    vanish();
    sleep_us(atoll(words[i]) * 1000);
    position = -1;
    ws_open_as(&ws, port, path, words[3], CONSOLE_PROTOCOL);
    int64_t had = bytes;
    listen_until(now_ns() + 1000000000);
    if (bytes == had) fail("nothing came after %s ms away", words[i]);
  }
  ws_close(&ws);
  printf("%lld %lld %lld %lld\n", (long long)bytes, (long long)wrong, (long long)gaps,
         (long long)skipped);
  return 0;
}
