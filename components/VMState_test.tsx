import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { listed } from "@/components/listed.ts";
import { VMState } from "@/components/VMState.tsx";
import type { VM } from "@/protocol/mod.ts";
import { learn, speak } from "@/texts/mod.ts";

const NOW = Date.parse("2025-03-14T16:05:03Z");
const vm: VM = {
  uuid: "5d8f9c2e-0000-4000-8000-000000000001",
  name: "web1",
  host: "rack1",
  status: "running",
  lastStateChange: "2025-03-14T16:00:00.400Z",
  uptime: 12 * 86400 + 4 * 3600,
  reason: "unpaused",
  persistent: true,
  autostart: false,
  vcpus: 1,
  memory: 2 ** 30,
  console: true,
  note: null,
  addresses: [],
  sample: null,
};
const words = (change: Partial<VM> = {}) =>
  renderToString(<VMState vm={listed({ ...vm, ...change }, NOW)} now={NOW} />)
    .replace(/<[^>]*>/g, "|");

Deno.test("VMState says since when a VM that was resumed runs, and how long its guest has been up", () => {
  assert.match(
    words(),
    /\|resumed\|.*\|for 5 min 02 s \(since 2025-03-14 16:00:00 UTC\)\|.*\|up 12 d 4 h\|/,
  );
});

Deno.test("VMState says once how long a guest runs that has done nothing else", () => {
  for (const uptime of [302, 304, 310]) {
    assert.match(words({ uptime, reason: "booted" }), /\|for 5 min 02 s \(since /);
    assert.doesNotMatch(words({ uptime, reason: "booted" }), /up /);
  }
});

Deno.test("VMState says since when a VM is paused or stopped, and no uptime where there is no guest", () => {
  assert.match(words({ status: "paused" }), /\|for 5 min 02 s .*\|up 12 d 4 h\|/);
  const stopped = words({ status: "stopped", uptime: 0 });
  assert.match(stopped, /\|for 5 min 02 s /);
  assert.doesNotMatch(stopped, /up /);
});

Deno.test("VMState is in the page's language", async () => {
  await learn("de");
  speak("de");
  try {
    assert.match(
      words(),
      /\|seit 5 min 02 s \(14\.03\.2025, 16:00:00 UTC\)\|.*\|eingeschaltet seit 12 d 4 h\|/,
    );
  } finally {
    speak("en");
  }
});
