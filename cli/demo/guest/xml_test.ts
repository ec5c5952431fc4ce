import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { guestXML } from "./xml.ts";

const image = { kernel: "/k", initramfs: "/i" };

Deno.test("guestXML keeps markup in names and paths as text", () => {
  const name = `</name><x a="1">&'`;
  const disk = `/tmp/"><evil/>&.raw`;
  const xml = guestXML({ name, image, disk, title: "<&>" });
  const { domain } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@" }).parse(
    xml,
  );
  assert.equal(domain.name, name);
  assert.equal(domain.title, "<&>");
  assert.equal(domain.devices.disk.source["@file"], disk);
  assert.equal("x" in domain || "evil" in domain.devices, false);
});

Deno.test("guestXML gives the guest a host name only when the name can be one", () => {
  assert.match(guestXML({ name: "web-1", image }), /guest\.hostname=web-1/);
  assert.doesNotMatch(
    guestXML({ name: "web 1 init=/bin/evil", image }),
    /<cmdline>[^<]*(hostname|evil)/,
  );
});

Deno.test("guestXML has a virtio console and a log only when asked", () => {
  const plain = guestXML({ name: "a", image });
  assert.doesNotMatch(plain, /type="virtio" port="1"|<log/);
  const full = guestXML({ name: "a", image, hvc: true, log: "/l" });
  assert.match(full, /<target type="virtio" port="1"\/>/);
  assert.match(full, /<log file="\/l" append="off"\/>/);
});

Deno.test("guestXML gives a virtio console the first place, and keeps the serial port", () => {
  const xml = guestXML({ name: "a", image, console: "virtio" });
  const { domain } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@" }).parse(
    xml,
  );
  assert.equal(domain.devices.console.target["@type"], "virtio");
  assert.equal(domain.devices.serial.target["@port"], "0");
});
