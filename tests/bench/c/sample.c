// sample URI: the steady C client. For each line "SAMPLES INTERVAL" on stdin it asks for the bulk
// statistics of all active domains SAMPLES times, one every INTERVAL milliseconds (0: without a
// pause), reads every field and whose it is, and prints "CPU_NANOSECONDS SAMPLES RECORDS FIELDS". Ends
// with stdin.
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "clock.h"
#include "fail.h"

static const unsigned groups = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL |
                               VIR_DOMAIN_STATS_BALLOON | VIR_DOMAIN_STATS_INTERFACE |
                               VIR_DOMAIN_STATS_BLOCK;

static long records, fields;
static volatile double sum;

static void read_field(const virTypedParameter *field) {
  switch (field->type) {
    case VIR_TYPED_PARAM_INT: sum += field->value.i; break;
    case VIR_TYPED_PARAM_UINT: sum += field->value.ui; break;
    case VIR_TYPED_PARAM_LLONG: sum += field->value.l; break;
    case VIR_TYPED_PARAM_ULLONG: sum += field->value.ul; break;
    case VIR_TYPED_PARAM_DOUBLE: sum += field->value.d; break;
    case VIR_TYPED_PARAM_BOOLEAN: sum += field->value.b; break;
    case VIR_TYPED_PARAM_STRING: sum += field->value.s[0]; break;
  }
}

static void sample(virConnectPtr connection) {
  virDomainStatsRecordPtr *list;
  int count = virConnectGetAllDomainStats(connection, groups, &list,
                                          VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
  if (count < 0) fail("no statistics: %s", virGetLastErrorMessage());
  for (int i = 0; i < count; i++) {
    records++;
    // Whose they are: numbers of nobody are no statistics.
    unsigned char uuid[VIR_UUID_BUFLEN];
    if (virDomainGetUUID(list[i]->dom, uuid) < 0) fail("a record of no VM");
    sum += uuid[0];
    for (int n = 0; n < list[i]->nparams; n++) read_field(&list[i]->params[n]);
    fields += list[i]->nparams;
  }
  virDomainStatsRecordListFree(list);
}

static void steadily(virConnectPtr connection, long samples, long interval) {
  int64_t next = now_ns(), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
  records = fields = 0;
  for (long n = 0; n < samples; n++) {
    sample(connection);
    next += interval * 1000000;
    int64_t left = next - now_ns();
    if (left > 0) sleep_us(left / 1000);
  }
  cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("%lld %ld %ld %ld\n", (long long)cpu, samples, records, fields);
}

int main(int count, char **words) {
  if (count != 2) fail("usage: sample URI");
  setvbuf(stdout, NULL, _IOLBF, 0);
  virConnectPtr connection = virConnectOpen(words[1]);
  if (!connection) fail("cannot open %s: %s", words[1], virGetLastErrorMessage());
  puts("ready");
  for (long samples, interval; scanf("%ld %ld", &samples, &interval) == 2;) {
    steadily(connection, samples, interval);
  }
  virConnectClose(connection);
  return 0;
}
