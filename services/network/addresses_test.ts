import assert from "node:assert/strict";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { family, isLoopback, network, plainAddress } from "./addresses.ts";

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

for (
  const [text, kind] of [
    ["192.0.2.1", "ipv4"],
    ["255.255.255.255", "ipv4"],
    ["0.0.0.0", "ipv4"],
    ["256.0.0.1", null],
    ["010.0.0.1", null],
    ["10.1", null],
    ["0x7f.0.0.1", null],
    ["1.2.3.4.5", null],
    ["1.2.3.4\n", null],
    ["::", "ipv6"],
    ["::1", "ipv6"],
    ["2001:DB8::a", "ipv6"],
    ["1:2:3:4:5:6:7:8", "ipv6"],
    ["::ffff:192.0.2.1", "ipv6"],
    ["1:2:3:4:5:6:7", null],
    ["1::2::3", null],
    ["12345::", null],
    ["::192.0.2.256", null],
    ["fe80::1%eth0", null],
    ["[::1]", null],
    [":", null],
    ["", null],
    ["dead", null],
    ["example.org", null],
  ] as const
) {
  Deno.test(`family calls ${JSON.stringify(text)} ${kind ?? "no address"}`, () => {
    assert.equal(family(text), kind);
  });
}

Deno.test("family agrees with ipaddr.js, which subnets are compared by", () => {
  const joined = (pieces: string[], separator: string, most: number) =>
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: most, size: "max" })
      .map((parts) => parts.join(separator));
  const four = ["0", "9", "10", "99", "199", "249", "255", "256", "300", "01", ""];
  const six = ["0", "1", "ff", "a1b2", "FFFF", "12345", "", "", "::", "g", "1.2.3.4"];
  const found = new Set<string | null>();
  fc.assert(
    fc.property(fc.oneof(joined(four, ".", 5), joined(six, ":", 9)), (text) => {
      const kind = ipaddr.IPv4.isValidFourPartDecimal(text)
        ? "ipv4"
        : ipaddr.IPv6.isValid(text)
        ? "ipv6"
        : null;
      found.add(kind);
      assert.equal(family(text), kind);
    }),
    { numRuns: 20_000 },
  );
  assert.equal(found.size, 3);
});
