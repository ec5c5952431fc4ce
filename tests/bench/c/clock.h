// The one clock of the benchmark: every program of a row runs on the same machine, so their
// CLOCK_MONOTONIC stamps can be subtracted from one another.
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t clock_ns(clockid_t id) {
  struct timespec now;
  clock_gettime(id, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

static inline void sleep_us(int64_t us) {
  struct timespec span = {us / 1000000, (us % 1000000) * 1000};
  nanosleep(&span, NULL);
}

#endif
