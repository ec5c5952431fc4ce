import assert from "node:assert/strict";
import { DEFAULT } from "./test_host.ts";

/** Removes the VM "test" of libvirt's test driver in this process; disposing defines it again, shut off. */
export function removeTestVM(): Disposable {
  const library = Deno.dlopen("libvirt.so.0", {
    virConnectOpen: { parameters: ["buffer"], result: "pointer" },
    virConnectClose: { parameters: ["pointer"], result: "i32" },
    virDomainLookupByName: { parameters: ["pointer", "buffer"], result: "pointer" },
    virDomainGetXMLDesc: { parameters: ["pointer", "u32"], result: "pointer" },
    virDomainDestroy: { parameters: ["pointer"], result: "i32" },
    virDomainUndefine: { parameters: ["pointer"], result: "i32" },
    virDomainDefineXML: { parameters: ["pointer", "buffer"], result: "pointer" },
  });
  const { symbols } = library;
  const connection = symbols.virConnectOpen(c(DEFAULT));
  const domain = symbols.virDomainLookupByName(connection, c("test"));
  const xml = new Deno.UnsafePointerView(symbols.virDomainGetXMLDesc(domain, 0)!).getCString();
  // Fails for one that is off, which is as good.
  symbols.virDomainDestroy(domain);
  assert.equal(symbols.virDomainUndefine(domain), 0);
  return {
    [Symbol.dispose]() {
      assert.ok(symbols.virDomainDefineXML(connection, c(xml)));
      symbols.virConnectClose(connection);
      library.close();
    },
  };
}

const c = (text: string) => new TextEncoder().encode(`${text}\0`);
