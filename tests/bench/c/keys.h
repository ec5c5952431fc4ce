// The time from a key to its echo, measured alike on a libvirt stream and through a WebSocket.
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "fail.h"

// A terminal that somebody types at. `read` waits for output at most `timeout` milliseconds and
// answers how many bytes there were (0: none came), with the time at which they came in `at`.
typedef struct {
  void (*press)(char key);
  size_t (*read)(char *bytes, size_t size, int timeout, int64_t *at);
} Terminal;

static inline void keys_drain(const Terminal *terminal, int quiet) {
  char bytes[4096];
  int64_t at;
  while (terminal->read(bytes, sizeof bytes, quiet, &at) > 0) continue;
}

static inline int64_t keys_echo(const Terminal *terminal, char key) {
  char bytes[4096];
  int64_t came, pressed = now_ns();
  terminal->press(key);
  for (;;) {
    size_t length = terminal->read(bytes, sizeof bytes, 5000, &came);
    if (length == 0) fail("no echo of '%c' in 5 s", key);
    if (memchr(bytes, key, length)) return came - pressed;
  }
}

// Prints the nanoseconds of each of `count` keys. The line is erased (control-U) every 40 keys,
// outside of what is timed, so that it never reaches the terminal's width. The first key is not
// counted: QEMU looks only once a second whether somebody has opened the pty again.
static inline void keys_time(const Terminal *terminal, int count) {
  srand(1);
  keys_drain(terminal, 400);
  keys_echo(terminal, 'z');
  for (int i = 0; i < count; i++) {
    if (i % 40 == 0) {
      terminal->press('U' - '@');
      keys_drain(terminal, 150);
    }
    sleep_us(5000 + rand() % 10000);
    keys_drain(terminal, 0);
    printf("%lld\n", (long long)keys_echo(terminal, 'a' + i % 26));
  }
  terminal->press('U' - '@');
  keys_drain(terminal, 150);
}

#endif
