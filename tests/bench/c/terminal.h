// A terminal that somebody types at, alike on a libvirt stream and through a WebSocket.
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "fail.h"

// `read` waits for output at most `timeout` milliseconds and answers how many bytes there were (0:
// none came), with the time at which they came in `at`.
typedef struct {
  void (*press)(char key);
  size_t (*read)(char *bytes, size_t size, int timeout, int64_t *at);
} Terminal;

static inline void terminal_drain(const Terminal *terminal, int quiet) {
  char bytes[4096];
  int64_t at;
  while (terminal->read(bytes, sizeof bytes, quiet, &at) > 0) continue;
}

static inline void terminal_type(const Terminal *terminal, const char *text) {
  for (; *text; text++) terminal->press(*text);
}

#endif
