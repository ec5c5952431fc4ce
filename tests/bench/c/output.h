// How fast the guest's output comes, and whether all of it does.
#ifndef OUTPUT_H
#define OUTPUT_H

#include "terminal.h"

// The output is the numbers from 100000 on, a line each: eight bytes with the line's end, so that
// every byte follows from its place.
enum { OUTPUT_LINE = 8, OUTPUT_FIRST = 100000 };

static inline char output_byte(int64_t place) {
  int64_t number = OUTPUT_FIRST + place / OUTPUT_LINE;
  int column = place % OUTPUT_LINE;
  if (column >= 6) return column == 6 ? '\r' : '\n';
  for (int skip = 5 - column; skip > 0; skip--) number /= 10;
  return '0' + number % 10;
}

// What came of one printing.
typedef struct {
  char *text;
  size_t length, size;
  int64_t first, last;  // When its bytes after the echo of Enter began to come, and the last came.
} Output;

// Reads until `end` stands in what comes, or nothing comes for `silence` milliseconds.
static inline void output_read(const Terminal *terminal, Output *output, const char *end,
                               int silence) {
  size_t wanted = strlen(end);
  int64_t at;
  output->length = 0;
  for (;;) {
    size_t had = output->length, room = output->size - had;
    if (room == 0) fail("more than %zu bytes without \"%s\"", output->size, end);
    size_t got = terminal->read(output->text + had, room, silence, &at);
    if (got == 0) return;
    if (had <= 2 && had + got > 2) output->first = at;
    output->last = at;
    output->length += got;
    size_t from = had < wanted ? 0 : had - wanted;
    char *found = memmem(output->text + from, output->length - from, end, wanted);
    if (!found) continue;
    output->length = found + wanted - output->text;
    return;
  }
}

// Lets the guest print `lines` lines, `times` times, and prints for each "NANOSECONDS LOST": from
// the first bytes to the last, and how many never came. Bytes that differ end it.
static inline void output_time(const Terminal *terminal, int lines, int times) {
  size_t whole = (size_t)lines * OUTPUT_LINE;
  Output output = {.size = whole + (1 << 20)};
  output.text = malloc(output.size);
  char command[64];
  terminal_drain(terminal, 400);
  snprintf(command, sizeof command, "\rseq %d %d >/tmp/lines; echo Ma''de\r", OUTPUT_FIRST,
           OUTPUT_FIRST + lines - 1);
  terminal_type(terminal, command);
  output_read(terminal, &output, "Made\r\n", 60000);
  for (; times > 0; times--) {
    // What is typed is echoed before the output begins, and is no part of it.
    terminal_drain(terminal, 300);
    terminal_type(terminal, "cat /tmp/lines; echo E''nd");
    terminal_drain(terminal, 300);
    terminal->press('\r');
    output_read(terminal, &output, "End\r\n", 10000);
    int64_t lost = (int64_t)(2 + whole + 5) - (int64_t)output.length;
    for (size_t place = 0; lost == 0 && place < whole; place++) {
      if (output.text[2 + place] != output_byte(place)) fail("byte %zu is a wrong one", place);
    }
    printf("%lld %lld\n", (long long)(output.last - output.first), (long long)lost);
  }
  terminal_drain(terminal, 150);
  free(output.text);
}

#endif
