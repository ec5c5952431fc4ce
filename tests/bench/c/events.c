// events URI: prints "NANOSECONDS EVENT NAME" for every lifecycle event, stamped as the callback is
// entered. The least a program can do to hear of a state change, so the peer of `status`.
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "clock.h"
#include "fail.h"

static int on_lifecycle(virConnectPtr connection, virDomainPtr domain, int event, int detail,
                        void *opaque) {
  int64_t at = now_ns();
  (void)connection, (void)detail, (void)opaque;
  printf("%lld %d %s\n", (long long)at, event, virDomainGetName(domain));
  return 0;
}

int main(int count, char **words) {
  if (count != 2) fail("usage: events URI");
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (virEventRegisterDefaultImpl() < 0) fail("no event loop: %s", virGetLastErrorMessage());
  virConnectPtr connection = virConnectOpen(words[1]);
  if (!connection) fail("cannot open %s: %s", words[1], virGetLastErrorMessage());
  int id = virConnectDomainEventRegisterAny(connection, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                            VIR_DOMAIN_EVENT_CALLBACK(on_lifecycle), NULL, NULL);
  if (id < 0) fail("cannot register: %s", virGetLastErrorMessage());
  puts("ready");
  for (;;) {
    if (virEventRunDefaultImpl() < 0) fail("event loop: %s", virGetLastErrorMessage());
  }
}
