// first_page PORT PATH COOKIE NEEDLE COMMAND...: starts the command and prints the nanoseconds until
// GET PATH answers 200 with NEEDLE in its body. Then it ends the command (SIGTERM) and waits for it.
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "clock.h"
#include "websocket.h"

static const int64_t limit = 20000000000;

static bool answers(int port, const char *path, const char *cookie, const char *needle) {
  static char page[1 << 22];
  int handle = connect_loopback(port);
  if (handle < 0) return false;
  dprintf(handle, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nConnection: close\r\n\r\n",
          path, port, cookie);
  size_t filled = 0;
  for (ssize_t got; (got = read(handle, page + filled, sizeof page - 1 - filled)) > 0;) {
    filled += got;
  }
  close(handle);
  page[filled] = 0;
  return strncmp(page, "HTTP/1.1 200", 12) == 0 && strstr(page, needle);
}

static pid_t start(char **command) {
  pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  execvp(command[0], command);
  fail("cannot run %s", command[0]);
}

int main(int count, char **words) {
  if (count < 6) fail("usage: first_page PORT PATH COOKIE NEEDLE COMMAND...");
  int64_t began = now_ns();
  pid_t child = start(words + 5);
  while (!answers(atoi(words[1]), words[2], words[3], words[4])) {
    if (now_ns() - began > limit) kill(child, SIGKILL), fail("no page with %s in 20 s", words[4]);
    if (waitpid(child, NULL, WNOHANG) == child) fail("the server ended before it answered");
    sleep_us(500);
  }
  printf("%lld\n", (long long)(now_ns() - began));
  kill(child, SIGTERM);
  waitpid(child, NULL, 0);
  return 0;
}
