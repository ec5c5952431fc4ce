import assert from "node:assert/strict";
import { Proxies } from "./proxies.ts";

const proxies = await Proxies.of(["10.0.0.1", "10.1.0.0/16", "fd00::/8"]);

for (
  const [listed, addresses] of [
    [true, ["10.0.0.1", "10.1.255.255", "fd12::1"]],
    [false, ["10.0.0.2", "10.2.0.0", "fe80::1", "", "proxy", "10.0.0.1:80"]],
  ] as const
) {
  for (const address of addresses) {
    Deno.test(`Proxies ${listed ? "lists" : "does not list"} "${address}"`, () => {
      assert.equal(proxies.has(address), listed);
    });
  }
}

const ADDRESSES: [what: string, peer: string, forwarded: string | null, client: string][] = [
  ["nothing", "10.0.0.1", null, "10.0.0.1"],
  ["an empty header", "10.0.0.1", "", "10.0.0.1"],
  ["a client", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["a client of a stranger", "192.0.2.1", "203.0.113.7", "192.0.2.1"],
  ["a proxy of this machine that is not listed", "127.0.0.1", "203.0.113.7", "proxy 127.0.0.1"],
  ["what the client said of itself", "10.0.0.1", "8.8.8.8, 203.0.113.7", "203.0.113.7"],
  ["two proxies", "10.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"],
  ["proxies alone", "10.0.0.1", "10.1.0.1, 10.1.0.2", "10.1.0.1"],
  ["a client of IPv6", "10.0.0.1", "2001:DB8::7", "2001:db8::7"],
  ["with brackets and a port", "10.0.0.1", "[2001:db8::7]:443", "2001:db8::7"],
  ["with a port", "10.0.0.1", "203.0.113.7:51234", "203.0.113.7"],
  ["a mapped address", "10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
  ["a word", "10.0.0.1", "unknown", "10.0.0.1"],
  ["a word before a proxy", "10.0.0.1", "unknown, 10.1.0.1", "10.1.0.1"],
  ["markup", "10.0.0.1", "<script>, 203.0.113.7", "203.0.113.7"],
  ["a peer of IPv6", "fd00::1", "203.0.113.7", "203.0.113.7"],
];
for (const [what, peer, forwarded, client] of ADDRESSES) {
  Deno.test(`Proxies.read finds the client behind ${what}`, () => {
    const headers = new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded });
    assert.equal(proxies.read(peer, headers).address, client);
  });
}
