// What a program does at a terminal, as its command line says.
//   keys COUNT          keys_time
//   flooded COUNT       keys_time_flooded
//   output LINES TIMES  output_time
#ifndef TASKS_H
#define TASKS_H

#include "keys.h"
#include "output.h"

static inline void task_do(const Terminal *terminal, int count, char **words) {
  if (count == 2 && strcmp(words[0], "keys") == 0) {
    keys_time(terminal, atoi(words[1]));
  } else if (count == 2 && strcmp(words[0], "flooded") == 0) {
    keys_time_flooded(terminal, atoi(words[1]));
  } else if (count == 3 && strcmp(words[0], "output") == 0) {
    output_time(terminal, atoi(words[1]), atoi(words[2]));
  } else {
    fail("there is no task \"%s\" with %d words", words[0], count);
  }
}

#endif
