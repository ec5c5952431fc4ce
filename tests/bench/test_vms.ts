import { PrivateLibvirtd } from "../harness/private_libvirtd.ts";
import { domainXML } from "../services/test_host.ts";
import { Program, run } from "./program.ts";

/** Running VMs of libvirt's test driver: they have a state and CPU time, and cost nothing. */
export interface TestVMs extends AsyncDisposable {
  readonly uri: string;
  readonly names: readonly string[];
}

/** Makes `size` of them. `keeper` is a program that connects to a URI and stays: they end with it. */
export async function startTestVMs(size: number, keeper: string): Promise<TestVMs> {
  await using stack = new AsyncDisposableStack();
  const daemon = stack.use(await PrivateLibvirtd.start());
  const uri = daemon.uri.replace("qemu+unix:///system", "test+unix:///default");
  const folder = await Deno.makeTempDir({ prefix: "vg-bn-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const kept = stack.use(new Program(keeper, [uri]));
  await kept.line(0);
  const names = Array.from({ length: size }, (_, n) => `vg-bn-${n + 1}`);
  for (const name of names) await Deno.writeTextFile(`${folder}/${name}.xml`, domainXML(name));
  const commands = [
    "destroy test",
    "undefine test",
    ...names.flatMap((name) => [`define ${folder}/${name}.xml`, `start ${name}`]),
  ];
  await run("virsh", ["-q", "-c", uri, commands.join("; ")]);
  const all = stack.move();
  return { uri, names, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
