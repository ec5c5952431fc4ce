// The time from a key to its echo.
#ifndef KEYS_H
#define KEYS_H

#include "terminal.h"

static inline int64_t keys_echo(const Terminal *terminal, char key) {
  char bytes[4096];
  int64_t came, pressed = now_ns();
  terminal->press(key);
  for (;;) {
    size_t length = terminal->read(bytes, sizeof bytes, 5000, &came);
    if (length == 0 || now_ns() - pressed > 5000000000) fail("no echo of '%c' in 5 s", key);
    if (memchr(bytes, key, length)) return came - pressed;
  }
}

// Prints the nanoseconds of each of `count` keys. The line is erased (control-U) every 40 keys,
// outside of what is timed, so that it never reaches the terminal's width. The first key is not
// counted: QEMU looks only once a second whether somebody has opened the pty again.
static inline void keys_time(const Terminal *terminal, int count) {
  srand(1);
  terminal_drain(terminal, 400);
  keys_echo(terminal, 'z');
  for (int i = 0; i < count; i++) {
    if (i % 40 == 0) {
      terminal->press('U' - '@');
      terminal_drain(terminal, 150);
    }
    sleep_us(5000 + rand() % 10000);
    terminal_drain(terminal, 0);
    printf("%lld\n", (long long)keys_echo(terminal, 'a' + i % 26));
  }
  terminal->press('U' - '@');
  terminal_drain(terminal, 150);
}

// The same while the guest prints digits and line ends without end. Nothing is erased: what prints
// does not read what is typed.
static inline void keys_time_flooded(const Terminal *terminal, int count) {
  char bytes[4096];
  int64_t at;
  srand(1);
  keys_echo(terminal, 'z');
  for (int i = 0; i < count; i++) {
    int64_t next = now_ns() + 20000000 + rand() % 20000000;
    while (now_ns() < next) terminal->read(bytes, sizeof bytes, 1, &at);
    printf("%lld\n", (long long)keys_echo(terminal, 'a' + i % 26));
  }
}

#endif
