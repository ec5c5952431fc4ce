import assert from "node:assert/strict";
import { DEFAULT } from "./test_host.ts";

/** Removes the VM "test" of libvirt's test driver in this process; disposing brings it back, running. */
export function removeTestVM(): Disposable {
  const library = Deno.dlopen("libvirt.so.0", {
    virConnectOpen: { parameters: ["buffer"], result: "pointer" },
    virConnectClose: { parameters: ["pointer"], result: "i32" },
    virDomainLookupByName: { parameters: ["pointer", "buffer"], result: "pointer" },
    virDomainGetXMLDesc: { parameters: ["pointer", "u32"], result: "pointer" },
    virDomainDestroy: { parameters: ["pointer"], result: "i32" },
    virDomainUndefine: { parameters: ["pointer"], result: "i32" },
    virDomainDefineXML: { parameters: ["pointer", "buffer"], result: "pointer" },
    virDomainCreate: { parameters: ["pointer"], result: "i32" },
  });
  const { symbols } = library;
  const connection = symbols.virConnectOpen(c(DEFAULT));
  const domain = symbols.virDomainLookupByName(connection, c("test"));
  const xml = new Deno.UnsafePointerView(symbols.virDomainGetXMLDesc(domain, 0)!).getCString();
  assert.equal(symbols.virDomainDestroy(domain), 0);
  assert.equal(symbols.virDomainUndefine(domain), 0);
  return {
    [Symbol.dispose]() {
      assert.equal(symbols.virDomainCreate(symbols.virDomainDefineXML(connection, c(xml))), 0);
      symbols.virConnectClose(connection);
      library.close();
    },
  };
}

const c = (text: string) => new TextEncoder().encode(`${text}\0`);
