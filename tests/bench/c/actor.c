// actor CYCLES MILLISECONDS URI NAME [URI NAME ...]: suspends and resumes each of the domains in turn, as
// `virsh suspend` would from another terminal, and prints "NANOSECONDS SIDE suspend|resume" with the
// time right before each call. SIDE counts the URI NAME pairs from 0. Between two calls it waits for
// MILLISECONDS and a little more.
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "clock.h"
#include "fail.h"

enum { MOST_SIDES = 4 };

static int64_t least_us;

// Uneven pauses, so that no cycle keeps step with a sampler that beats once a second. Long enough
// for every listener to have done with the last event.
static void pause_a_little(void) { sleep_us(least_us + rand() % 8000); }

static void act(virDomainPtr domain, int side, const char *what, int (*call)(virDomainPtr)) {
  pause_a_little();
  int64_t at = now_ns();
  if (call(domain) < 0) fail("cannot %s: %s", what, virGetLastErrorMessage());
  printf("%lld %d %s\n", (long long)at, side, what);
}

int main(int count, char **words) {
  int sides = (count - 3) / 2;
  if (count < 5 || count % 2 == 0 || sides > MOST_SIDES) {
    fail("usage: actor CYCLES MILLISECONDS URI NAME [...]");
  }
  least_us = atoi(words[2]) * 1000;
  virDomainPtr domains[MOST_SIDES];
  for (int side = 0; side < sides; side++) {
    const char *uri = words[3 + 2 * side], *name = words[4 + 2 * side];
    virConnectPtr connection = virConnectOpen(uri);
    if (!connection) fail("cannot open %s: %s", uri, virGetLastErrorMessage());
    domains[side] = virDomainLookupByName(connection, name);
    if (!domains[side]) fail("cannot find %s: %s", name, virGetLastErrorMessage());
  }
  srand(1);
  for (int cycle = atoi(words[1]); cycle > 0; cycle--) {
    for (int side = 0; side < sides; side++) {
      act(domains[side], side, "suspend", virDomainSuspend);
      act(domains[side], side, "resume", virDomainResume);
    }
  }
  pause_a_little();
  return 0;
}
