// console URI NAME TASK...: opens the domain's console as `virsh console` does, and does a task of
// tasks.h there.
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "tasks.h"

static virStreamPtr stream;
static char pending[1 << 20];
static size_t filled;
static int64_t filled_at;
static int timer;
static bool expired;

static void on_stream(virStreamPtr from, int events, void *opaque) {
  (void)opaque;
  if (events & (VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP)) fail("the console was lost");
  for (;;) {
    int got = virStreamRecv(from, pending + filled, sizeof pending - filled);
    if (got == -2) break;
    if (got <= 0) fail("the console ended");
    filled += got;
    filled_at = now_ns();
  }
}

static void on_timer(int id, void *opaque) {
  (void)id, (void)opaque;
  expired = true;
  virEventUpdateTimeout(timer, -1);
}

static void press(char key) {
  if (virStreamSend(stream, &key, 1) != 1) fail("cannot send: %s", virGetLastErrorMessage());
}

static size_t read_console(char *bytes, size_t size, int timeout, int64_t *at) {
  expired = false;
  virEventUpdateTimeout(timer, timeout);
  while (filled == 0 && !expired) {
    if (virEventRunDefaultImpl() < 0) fail("event loop: %s", virGetLastErrorMessage());
  }
  virEventUpdateTimeout(timer, -1);
  size_t length = filled < size ? filled : size;
  memcpy(bytes, pending, length);
  memmove(pending, pending + length, filled -= length);
  *at = filled_at;
  return length;
}

static void quiet(void *opaque, virErrorPtr error) { (void)opaque, (void)error; }

// Whoever held the console before may need a moment to let go of it.
static void open_console(virDomainPtr domain, virConnectPtr connection) {
  for (int attempt = 0; attempt < 100; attempt++) {
    stream = virStreamNew(connection, VIR_STREAM_NONBLOCK);
    if (virDomainOpenConsole(domain, NULL, stream, 0) == 0) return;
    virStreamFree(stream);
    sleep_us(50000);
  }
  fail("cannot open the console: %s", virGetLastErrorMessage());
}

int main(int count, char **words) {
  if (count < 5) fail("usage: console URI NAME TASK...");
  virSetErrorFunc(NULL, quiet);
  if (virEventRegisterDefaultImpl() < 0) fail("no event loop: %s", virGetLastErrorMessage());
  timer = virEventAddTimeout(-1, on_timer, NULL, NULL);
  virConnectPtr connection = virConnectOpen(words[1]);
  if (!connection) fail("cannot open %s: %s", words[1], virGetLastErrorMessage());
  virDomainPtr domain = virDomainLookupByName(connection, words[2]);
  if (!domain) fail("cannot find %s: %s", words[2], virGetLastErrorMessage());
  open_console(domain, connection);
  virStreamEventAddCallback(stream, VIR_STREAM_EVENT_READABLE | VIR_STREAM_EVENT_ERROR |
                            VIR_STREAM_EVENT_HANGUP, on_stream, NULL, NULL);
  Terminal terminal = {press, read_console};
  task_do(&terminal, count - 3, words + 3);
  virStreamEventRemoveCallback(stream);
  virStreamFinish(stream);
  virStreamFree(stream);
  virDomainFree(domain);
  virConnectClose(connection);
  return 0;
}
