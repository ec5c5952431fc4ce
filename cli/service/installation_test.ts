import assert from "node:assert/strict";
import { hasProgram, run } from "@/cli/run.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { Installation } from "./installation.ts";

const sysusers = Deno.uid() === 0 && await hasProgram("systemd-sysusers");
if (!sysusers) console.log("skipped: service: making users needs root and systemd-sysusers");

/** All that is below a folder, with what is in it; shadow's copies of its own old files left out. */
async function tree(folder: string): Promise<Record<string, string>> {
  const list = await run("find", [folder, "-mindepth", "1", "-printf", "%P\n"]);
  const paths = list.split("\n").filter((path) => path !== "" && !/^etc\/\w+-$|\.lock$/.test(path));
  const entries = paths.toSorted().map((path) => {
    const file = `${folder}/${path}`;
    const { isSymlink, isDirectory } = Deno.lstatSync(file);
    if (isDirectory) return [path, "a folder"];
    return [path, isSymlink ? Deno.readLinkSync(file) : Deno.readTextFileSync(file)];
  });
  return Object.fromEntries(entries);
}

/** The root of a machine that has users, and the group of libvirt. */
function machine(root: string): void {
  Deno.mkdirSync(`${root}/etc`, { recursive: true });
  Deno.writeTextFileSync(`${root}/etc/passwd`, "root:x:0:0:root:/root:/bin/bash\n");
  Deno.writeTextFileSync(`${root}/etc/group`, "root:x:0:\nlibvirt:x:107:alice\n");
  Deno.writeTextFileSync(`${root}/etc/shadow`, "root:*:19000:0:99999:7:::\n");
  Deno.writeTextFileSync(`${root}/etc/gshadow`, "root:*::\nlibvirt:!::alice\n");
}

Deno.test({
  name: "service install, upgrade and uninstall leave nothing behind but the data folder",
  ignore: !sysusers,
  async fn() {
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    machine(root);
    const before = await tree(root);
    const program = `${folder.path}/program`;
    const installation = new Installation(root);
    const said: string[] = [];
    const say = (line: string) => void said.push(line);

    await Deno.writeTextFile(program, "one");
    await installation.install(program, say);
    const installed = await tree(root);
    assert.equal(installed["usr/local/bin/virtglass"], "one");
    assert.equal(Deno.statSync(`${root}/usr/local/bin/virtglass`).mode! & 0o777, 0o755);
    assert.match(installed["etc/systemd/system/virtglass.service"]!, /bin\/virtglass serve/);
    assert.ok("etc/systemd/system/multi-user.target.wants/virtglass.service" in installed);
    assert.match(
      installed["etc/polkit-1/rules.d/50-virtglass.rules"]!,
      /org\.libvirt\.unix\.manage/,
    );
    assert.match(installed["etc/passwd"]!, /^virtglass:.*:\/var\/lib\/virtglass:.*nologin$/m);
    assert.match(installed["etc/group"]!, /^libvirt:x:107:alice,virtglass$/m);
    assert.match(said.join("\n"), /may do what root may/);

    await Deno.writeTextFile(program, "two");
    await installation.install(program, say);
    const upgraded = await tree(root);
    assert.deepEqual({ ...upgraded, "usr/local/bin/virtglass": "one" }, installed);
    assert.equal(upgraded["usr/local/bin/virtglass"], "two");

    const uid = Number(/^virtglass:x:(\d+)/m.exec(upgraded["etc/passwd"]!)![1]);
    await Deno.mkdir(`${root}/var/lib/virtglass`, { recursive: true });
    await Deno.writeTextFile(`${root}/var/lib/virtglass/virtglass.db`, "users");
    await Deno.chown(`${root}/var/lib/virtglass/virtglass.db`, uid, uid);
    await installation.remove(say);
    assert.deepEqual(await tree(root), {
      ...before,
      "var": "a folder",
      "var/lib": "a folder",
      "var/lib/virtglass": "a folder",
      "var/lib/virtglass/virtglass.db": "users",
    });
    assert.equal(Deno.statSync(`${root}/var/lib/virtglass/virtglass.db`).uid, 0);
    await assert.rejects(installation.remove(say), { code: "NOT_FOUND" });
  },
});

Deno.test({
  name: "service install refuses where the package is, and changes nothing",
  ignore: !sysusers,
  async fn() {
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    machine(root);
    Deno.mkdirSync(`${root}/usr/lib/systemd/system`, { recursive: true });
    Deno.writeTextFileSync(`${root}/usr/lib/systemd/system/virtglass.service`, "");
    const before = await tree(root);
    const install = new Installation(root).install("/usr/bin/env", () => {});
    await assert.rejects(install, { code: "CONFLICT", message: /the package virtglass has it/ });
    assert.deepEqual(await tree(root), before);
  },
});

Deno.test({
  name: "service uninstall leaves folders that were there before, and those that others use",
  ignore: !sysusers,
  async fn() {
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    machine(root);
    for (const path of ["usr/local/bin", "etc/systemd/system"]) {
      Deno.mkdirSync(`${root}/${path}`, { recursive: true });
    }
    const before = await tree(root);
    const installation = new Installation(root);
    await installation.install("/usr/bin/env", () => {});
    await installation.install("/usr/bin/env", () => {});
    Deno.writeTextFileSync(`${root}/etc/sysusers.d/other.conf`, "");
    await installation.remove(() => {});
    assert.deepEqual(await tree(root), {
      ...before,
      "etc/sysusers.d": "a folder",
      "etc/sysusers.d/other.conf": "",
    });
  },
});

Deno.test({
  name: "service uninstall goes on where an earlier one failed",
  ignore: !sysusers,
  async fn() {
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    machine(root);
    const before = await tree(root);
    const installation = new Installation(root);
    await installation.install("/usr/bin/env", () => {});
    // The lists are never changed without a copy of the old ones.
    for (const list of ["passwd", "group"]) {
      await Deno.remove(`${root}/etc/${list}-`).catch(() => {});
      await Deno.mkdir(`${root}/etc/${list}-`);
      await assert.rejects(installation.remove(() => {}), { code: "CONFLICT" }, list);
      await Deno.remove(`${root}/etc/${list}-`);
    }
    await installation.remove(() => {});
    assert.deepEqual(await tree(root), before);
  },
});
