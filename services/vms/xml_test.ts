import assert from "node:assert/strict";
import { child, children, parseXML, text } from "./xml.ts";

Deno.test("parseXML reads attributes, text, entities and CDATA, and leaves out space around text", () => {
  const domain = child(
    parseXML(`<?xml version="1.0"?><!-- WARNING -->
      <domain type='qemu' id="1">
        <name> web&amp;1 &#228; </name>
        <memory unit='KiB'>2048</memory>
        <title><![CDATA[a < b]]></title>
        <features><acpi/></features>
      </domain>`),
    "domain",
  );
  assert.equal(text(domain, "@type"), "qemu");
  assert.equal(text(domain, "@id"), "1");
  assert.equal(text(domain, "name"), "web&1 ä");
  assert.equal(text(child(domain, "memory"), "@unit"), "KiB");
  assert.equal(text(child(domain, "memory"), "#text"), "2048");
  assert.equal(text(domain, "title"), "a < b");
  assert.equal(text(child(domain, "features"), "acpi"), null);
});

Deno.test("children are lists of what may stand several times, also where it stands once", () => {
  const devices = child(
    parseXML("<devices><disk type='file'/><disk type='block'/><console type='pty'/></devices>"),
    "devices",
  );
  assert.deepEqual(children(devices, "disk").map((disk) => text(disk, "@type")), ["file", "block"]);
  assert.deepEqual(children(devices, "console").map((each) => text(each, "@type")), ["pty"]);
  assert.deepEqual(children(devices, "interface"), []);
});

Deno.test("parseXML takes names of prototypes for names", () => {
  const root = child(parseXML("<a><__proto__><polluted>1</polluted></__proto__></a>"), "a");
  assert.equal(text(child(root, "__proto__"), "polluted"), "1");
  assert.equal(text(root, "polluted"), null);
  assert.equal(text(root, "constructor"), null);
});

Deno.test("parseXML expands no entities of a document's own, and refuses what is no XML", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>';
  assert.throws(() => parseXML(bomb), /b/);
  assert.throws(() => parseXML("<domain><name></domain>"));
});
