// deno run -A bare_server.ts URI PORT: the least a Deno server with libvirt connected can be. It
// opens the connection, lists the domains, and answers every request with their names.
const libvirt = Deno.dlopen("libvirt.so.0", {
  virConnectOpen: { parameters: ["buffer"], result: "pointer" },
  virConnectListAllDomains: { parameters: ["pointer", "buffer", "u32"], result: "i32" },
  virDomainGetName: { parameters: ["pointer"], result: "pointer" },
  virDomainFree: { parameters: ["pointer"], result: "i32" },
});
const { free } = Deno.dlopen("libc.so.6", { free: { parameters: ["pointer"], result: "void" } })
  .symbols;

function names(connection: Deno.PointerValue): string[] {
  const list = new BigUint64Array(1);
  const count = libvirt.symbols.virConnectListAllDomains(connection, list, 0);
  const array = Deno.UnsafePointer.create(list[0] ?? 0n);
  if (count < 0 || !array) throw new Error("cannot list the domains");
  const domains = new Deno.UnsafePointerView(array);
  const answer = Array.from({ length: count }, (_, n) => {
    const domain = domains.getPointer(n * 8);
    const name = libvirt.symbols.virDomainGetName(domain);
    if (!name) throw new Error("a domain has no name");
    const text = new Deno.UnsafePointerView(name).getCString();
    libvirt.symbols.virDomainFree(domain);
    return text;
  });
  free(array);
  return answer;
}

const [uri = "", port = ""] = Deno.args;
const connection = libvirt.symbols.virConnectOpen(new TextEncoder().encode(`${uri}\0`));
if (!connection) throw new Error(`cannot open ${uri}`);
const page = `<!DOCTYPE html><ul>${names(connection).map((name) => `<li>${name}</li>`).join("")}`;
const headers = { "content-type": "text/html; charset=utf-8" };
Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen: () => console.log("ready") },
  () => new Response(page, { headers }),
);
