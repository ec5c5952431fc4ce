import assert from "node:assert/strict";
import { HostHistory, MetricsHistory, Problem } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { Server } from "@/tests/harness/server.ts";

Deno.test("metrics over time, and for Prometheus", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  using socket = await server.socket("/ws/vms/test");
  for (let n = 0; n < 3; n++) await socket.next("metrics");

  await t.step("GET /vms/{name}/metrics has the last samples, by column", async () => {
    const answer = await server.json("/api/v1/vms/test/metrics");
    const history = z.strictObject(MetricsHistory.shape).parse(answer);
    assert.deepEqual(history, answer);
    assert.equal(history.step, 1);
    assert.ok(history.time.length >= 3);
    assert.ok(Math.abs(history.time.at(-1)! - Date.now() / 1000) < 10);
    assert.ok(history.cpu.some((value) => value !== null));
    for (const column of [history.cpu, history.memory, history.rxBytes, history.writeBytes]) {
      assert.equal(column.length, history.time.length);
    }
  });

  for (
    const [query, step] of [["since=3600", 15], ["since=86400", 120], ["step=60", 60]] as const
  ) {
    await t.step(`?${query} has points of ${step} s with their maxima`, async () => {
      const answer = await server.json(`/api/v1/vms/test/metrics?${query}`);
      const { max, cpu, ...history } = MetricsHistory.parse(answer);
      assert.equal(history.step, step);
      assert.equal(max?.cpu.length, cpu.length);
      assert.ok(cpu.length >= 1 && cpu.length <= 3, String(cpu.length));
    });
  }

  await t.step("?until= leaves out what is newer", async () => {
    const { time } = MetricsHistory.parse(
      await server.json("/api/v1/vms/test/metrics?since=600&until=300"),
    );
    assert.deepEqual(time, []);
  });

  await t.step("GET /host/metrics is the same of the host", async () => {
    const answer = await server.json("/api/v1/host/metrics?since=60&step=1");
    const history = z.strictObject(HostHistory.shape).parse(answer);
    assert.deepEqual(history, answer);
    assert.ok(history.time.length >= 2);
  });

  for (
    const [query, field] of [
      ["since=0", "since"],
      ["since=-5", "since"],
      ["since=", "since"],
      ["since=1e9", "since"],
      ["until=soon", "until"],
      ["step=0", "step"],
      ["step=100000", "step"],
    ] as const
  ) {
    await t.step(`?${query} is refused, and names ${field}`, async () => {
      for (const part of ["vms/test", "host"]) {
        const response = await server.fetch(`/api/v1/${part}/metrics?${query}`);
        const { code, detail } = Problem.parse(await response.json());
        assert.equal(code, "INVALID_MESSAGE");
        assert.match(detail, new RegExp(`^${field}: is `));
      }
    });
  }

  await t.step("GET /metrics is for whoever is on this machine", async () => {
    const response = await server.fetch("/metrics", { token: null });
    assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    for (const line of text.split("\n")) assert.match(line, LINE);
    for (
      const value of [
        /^libvirt_up 1$/m,
        /^libvirt_domain_info_meta{domain="test",uuid="6695eb01-f6a4-8304-79aa-97f2502e193f"} 1$/m,
        /^libvirt_domain_info_vstate{domain="test"} 1$/m,
        /^libvirt_domain_info_virtual_cpus{domain="test"} 2$/m,
        /^libvirt_domain_info_maximum_memory_bytes{domain="test"} 8589934592$/m,
        /^libvirt_domain_info_cpu_time_seconds_total{domain="test"} \d+/m,
        /^virtglass_sample_age_seconds \d/m,
      ]
    ) assert.match(text, value);
    assert.doesNotMatch(text, /NaN|null|undefined/);
  });

  await t.step("and not for whoever comes through a proxy on it, unless signed in", async () => {
    const headers = { "x-forwarded-for": "192.0.2.7" };
    const stranger = await server.fetch("/metrics", { token: null, headers });
    assert.equal(Problem.parse(await stranger.json()).code, "UNAUTHENTICATED");
    const known = await server.fetch("/metrics", { headers });
    assert.match(await known.text(), /^libvirt_up 1$/m);
  });
});

Deno.test("metrics.access token has GET /metrics demand one", async () => {
  const args = ["--metrics-access", "token"];
  await using server = await Server.start({ connect: "test:///default", args });
  const without = await server.fetch("/metrics", { token: null });
  assert.equal(without.status, 401);
  assert.match(Problem.parse(await without.json()).detail, /Bearer/);
  const reader = await server.fetch("/metrics", { token: await server.user("prom", "viewer") });
  assert.match(await reader.text(), /^libvirt_domain_info_vstate{domain="test"} 1$/m);
});

/** A line of Prometheus' text format. */
const LINE = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+({([a-z_]+="[^"]*",?)+})? [\d.e+-]+|)$/;
