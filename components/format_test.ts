import assert from "node:assert/strict";
import { bytes, duration, percent, plain, rate, size, vmPath } from "@/components/format.ts";
import { learn, speak } from "@/texts/mod.ts";

Deno.test("bytes uses binary units and keeps one decimal below a hundred", () => {
  const cases: [number, string][] = [
    [0, "0\u00a0B"],
    [512, "512\u00a0B"],
    [1023, "1023\u00a0B"],
    [1024, "1.0\u00a0KiB"],
    [134_217_728, "128\u00a0MiB"],
    [1_610_612_736, "1.5\u00a0GiB"],
    [1024 ** 4 - 1, "1.0\u00a0TiB"],
  ];
  for (const [value, text] of cases) assert.equal(plain(bytes(value)), text);
});

Deno.test("size drops a needless decimal", () => {
  assert.equal(plain(size(2 * 1024 ** 3)), "2\u00a0GiB");
  assert.equal(plain(size(1.5 * 1024 ** 3)), "1.5\u00a0GiB");
});

Deno.test("rate uses decimal units and never shows a thousand of one", () => {
  assert.equal(plain(rate(999)), "999\u00a0B/s");
  assert.equal(plain(rate(999.9)), "1.0\u00a0kB/s");
  assert.equal(plain(rate(12_345)), "12.3\u00a0kB/s");
  assert.equal(plain(rate(999_960)), "1.0\u00a0MB/s");
  assert.equal(plain(rate(125_000_000)), "125\u00a0MB/s");
});

Deno.test("percent keeps one decimal below a hundred", () => {
  assert.equal(plain(percent(0)), "0.0\u00a0%");
  assert.equal(plain(percent(7.26)), "7.3\u00a0%");
  assert.equal(plain(percent(99.97)), "100\u00a0%");
});

Deno.test("a value that is not reported is a dash without a unit", () => {
  for (const format of [bytes, size, rate, percent]) assert.equal(plain(format(null)), "–");
});

Deno.test("duration shows the two largest units", () => {
  const cases: [number, string][] = [
    [-3, "0 s"],
    [42.9, "42 s"],
    [247, "4 min 07 s"],
    [7500, "2 h 05 min"],
    [3600 * 24 * 3 + 3600 * 4 + 59, "3 d 4 h"],
  ];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
});

Deno.test("vmPath encodes a name once and takes the UUID where a name is a path step", () => {
  const uuid = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0";
  assert.equal(vmPath({ name: "web 1/a", uuid }), "/vms/web%201%2Fa");
  assert.equal(vmPath({ name: "..", uuid }), `/vms/${uuid}`);
  assert.equal(vmPath({ name: "...", uuid }), "/vms/...");
});

Deno.test("German writes decimals with a comma", async () => {
  await learn("de");
  speak("de");
  try {
    assert.equal(plain(size(1.5 * 1024 ** 3)), "1,5\u00a0GiB");
    assert.equal(plain(size(2 * 1024 ** 3)), "2\u00a0GiB");
    assert.equal(plain(rate(12_345)), "12,3\u00a0kB/s");
    assert.equal(plain(percent(7.26)), "7,3\u00a0%");
  } finally {
    speak("en");
  }
});
