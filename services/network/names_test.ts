import assert from "node:assert/strict";
import { Names } from "./names.ts";

const certified = () => ["cert.example", "*.wild.example"];
const addresses = () => new Set(["192.0.2.7", "2001:db8::7"]);
const names = (listen: string) =>
  new Names({ listen, allowed: ["vms.example", "198.51.100.1"], certified, addresses });

const EVERYWHERE = [
  ...["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "vms.example", "198.51.100.1"],
  ...["cert.example", "a.wild.example", Deno.hostname().toLowerCase()],
];
const NOWHERE = [
  ...["evil.example", "a.vms.example", "vms.example.evil.example", "localhost.", "a.localhost"],
  ...["wild.example", "a.b.wild.example", ".wild.example", "0.0.0.0", "[::]"],
  ...["192.0.2.8", "[2001:db8::8]", ""],
];

for (const listen of ["192.0.2.7", "0.0.0.0", "::"]) {
  Deno.test(`Names of a server on ${listen} are those that it was given`, () => {
    for (const name of EVERYWHERE) assert.ok(names(listen).has(name), name);
    for (const name of NOWHERE) assert.ok(!names(listen).has(name), name);
  });
}

Deno.test("Names has the addresses by which a server on all addresses is asked", () => {
  for (const address of ["192.0.2.7", "[2001:db8::7]"]) {
    assert.ok(names("0.0.0.0").has(address));
    assert.equal(names("192.0.2.7").has(address), address === "192.0.2.7");
  }
});
