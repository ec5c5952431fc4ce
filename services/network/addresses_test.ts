import assert from "node:assert/strict";
import { isLoopback, network, plainAddress } from "./addresses.ts";

for (
  const [text, plain] of [
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:192.0.2.1", "192.0.2.1"],
    ["[::1]", "::1"],
    ["2001:DB8::1", "2001:db8::1"],
    ["VMs.example", "vms.example"],
  ] as const
) {
  Deno.test(`plainAddress makes ${plain} of ${text}`, () => {
    assert.equal(plainAddress(text), plain);
  });
}

for (const name of ["localhost", "LOCALHOST", "127.0.0.1", "127.255.0.9", "::1", "[::1]"]) {
  Deno.test(`isLoopback holds for ${name}`, () => assert.ok(isLoopback(name)));
}
for (
  const name of ["127.evil.example", "localhost.", "a.localhost", "128.0.0.1", "::", "0.0.0.0"]
) {
  Deno.test(`isLoopback does not hold for ${name}`, () => assert.ok(!isLoopback(name)));
}

for (
  const [address, expected] of [
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0db8:1::2", "2001:db8:1:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::", "fe80:0:0:0::/64"],
    ["somewhere", "somewhere"],
  ] as const
) {
  Deno.test(`network counts ${address} as ${expected}`, () => {
    assert.equal(network(address), expected);
  });
}
