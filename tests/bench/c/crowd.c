// crowd PORT PATH TOKEN CLIENTS [MESSAGE TYPE TICKS]: CLIENTS WebSockets in one process.
//
// Without MESSAGE they are idle: it prints "ready" when all are open, and answers heartbeats.
// With it each sends MESSAGE, and it prints "ready" when all have had a message of that TYPE; after
// TICKS more rounds of them "done", and then "TICK AGE CLIENT" for every such message: the time that
// stands in it in milliseconds, how old it was when its bytes were read in nanoseconds, who got it.
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "clock.h"
#include "websocket.h"

enum { MOST = 8192, MOST_ARRIVALS = 1 << 20 };

typedef struct {
  int64_t tick, age;
  int client;
} Arrival;

static WebSocket clients[MOST];
static bool told[MOST];
static Arrival arrivals[MOST_ARRIVALS];
static int count, telling, arrived;
static char message[WS_BUFFER], type[64];

// The `timestamp` of a message, an ISO date in UTC, as milliseconds since 1970.
static int64_t timestamp(const char *text) {
  const char *found = strstr(text, "\"timestamp\":\"");
  struct tm time = {0};
  const char *rest = found ? strptime(found + 13, "%Y-%m-%dT%H:%M:%S.", &time) : NULL;
  if (!rest) fail("no time in %.100s", text);
  return (int64_t)timegm(&time) * 1000 + atoi(rest);
}

// Takes what has come for a client; answers the newest tick among it, 0 without any.
static int64_t hear(int client) {
  int64_t at = clock_ns(CLOCK_REALTIME), tick = 0;
  WebSocket *ws = &clients[client];
  ws_fill(ws);
  for (int opcode; (opcode = ws_take(ws, message, sizeof message));) {
    if (opcode != TEXT) continue;
    if (!*type || strncmp(message, type, strlen(type)) != 0) {
      if (strstr(message, "\"type\":\"error\"")) fail("the server says %s", message);
      ws_answer_heartbeat(ws, message);
      continue;
    }
    if (!told[client]) told[client] = true, telling++;
    tick = timestamp(message);
    if (arrived == MOST_ARRIVALS) fail("more than %d messages", MOST_ARRIVALS);
    arrivals[arrived++] = (Arrival){tick, at - tick * 1000000, client};
  }
  return tick;
}

// Hears everybody who has something to say; answers the newest tick, 0 without any.
static int64_t hear_all(int epoll) {
  struct epoll_event events[256];
  int heard = epoll_wait(epoll, events, 256, -1);
  int64_t newest = 0;
  for (int i = 0; i < heard; i++) {
    int64_t tick = hear(events[i].data.u32);
    if (tick > newest) newest = tick;
  }
  return newest;
}

// Listens for `ticks` whole ticks, that is until the one after them begins.
static void take_ticks(int epoll, int ticks) {
  int64_t newest = 0;
  while (telling < count) {
    int64_t tick = hear_all(epoll);
    if (tick > newest) newest = tick;
  }
  puts("ready");
  int64_t before = newest;
  arrived = 0;
  for (int seen = 0; seen <= ticks;) {
    int64_t tick = hear_all(epoll);
    if (tick > newest) newest = tick, seen++;
  }
  puts("done");
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  for (Arrival *one = arrivals; one < arrivals + arrived; one++) {
    if (one->tick <= before || one->tick == newest) continue;
    printf("%lld %lld %d\n", (long long)one->tick, (long long)one->age, one->client);
  }
}

static void open_all(int epoll, int port, const char *path, const char *token) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  for (int i = 0; i < count; i++) {
    ws_open(&clients[i], port, path, token);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i].socket, &event);
  }
}

int main(int words_count, char **words) {
  if (words_count != 5 && words_count != 8) {
    fail("usage: crowd PORT PATH TOKEN CLIENTS [MESSAGE TYPE TICKS]");
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  count = atoi(words[4]);
  if (count < 1 || count > MOST) fail("between 1 and %d clients", MOST);
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  open_all(epoll, atoi(words[1]), words[2], words[3]);
  if (words_count == 5) {
    puts("ready");
    for (;;) hear_all(epoll);
  }
  snprintf(type, sizeof type, "{\"type\":\"%s\"", words[6]);
  for (int i = 0; i < count; i++) ws_send(&clients[i], TEXT, words[5], strlen(words[5]));
  take_ticks(epoll, atoi(words[7]));
  return 0;
}
