import assert from "node:assert/strict";
import { COMMANDS } from "@/cli/commands.ts";
import { makePackage } from "@/tasks/deb/package.ts";
import { SCRIPTS } from "@/tasks/deb/scripts.ts";
import { hasProgram, run } from "@/cli/run.ts";
import { SpareRoot } from "@/tests/harness/spare_root.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const tools = await hasProgram("dpkg-deb");
if (!tools) console.log("skipped: deb: dpkg-deb is not installed");
const spare = await SpareRoot.problem();
if (spare) console.log(`skipped: deb: a purge: ${spare}`);

Deno.test({
  name: "the Debian package has the program, its service and its papers",
  ignore: !tools,
  async fn(test) {
    using folder = temporaryFolder();
    // Any program that can be run: how virtglass becomes one is compile_test's.
    const file = await makePackage("/usr/bin/env", folder.path);
    await test.step("what is in it", async () => {
      const list = await run("dpkg-deb", ["--contents", file]);
      for (
        const path of [
          "usr/bin/virtglass",
          "usr/lib/systemd/system/virtglass.service",
          "usr/lib/sysusers.d/virtglass.conf",
          "usr/share/polkit-1/rules.d/50-virtglass.rules",
          "usr/share/bash-completion/completions/virtglass",
          "usr/share/zsh/vendor-completions/_virtglass",
          "usr/share/fish/vendor_completions.d/virtglass.fish",
          "usr/share/man/man1/virtglass.1.gz",
          "usr/share/doc/virtglass/copyright",
        ]
      ) assert.ok(list.includes(` ./${path}\n`), `${path} in ${list}`);
      assert.doesNotMatch(list, / (?!root\/root)\w+\/\w+ +\d+ \d{4}-/);
    });
    await test.step("its page of the manual names every command", async () => {
      await run("dpkg-deb", ["--extract", file, `${folder.path}/tree`]);
      const page = await run("zcat", [`${folder.path}/tree/usr/share/man/man1/virtglass.1.gz`]);
      for (const { name } of COMMANDS) assert.match(page, new RegExp(`^\\.SS ${name}:`, "m"));
    });
    await test.step("two of one commit are the same", async () => {
      await Deno.rename(file, `${file}.first`);
      await run("cmp", [`${file}.first`, await makePackage("/usr/bin/env", folder.path)]);
    });
  },
});

Deno.test({
  name: "a purge gives the data to root, when the service's user is gone already as well",
  ignore: spare !== null,
  async fn() {
    await using root = await SpareRoot.make();
    const data = "/var/lib/virtglass";
    await Deno.mkdir(root.path(data), { recursive: true });
    for (const file of ["virtglass.db", "other"]) {
      await Deno.writeTextFile(root.path(`${data}/${file}`), "");
    }
    for (const path of [data, `${data}/virtglass.db`]) await root.run("chown", "65432:65432", path);
    await root.run("chown", "65431:65431", `${data}/other`);
    await root.run("sh", "-c", SCRIPTS.postrm!, "postrm", "purge");
    const paths = [data, `${data}/virtglass.db`, `${data}/other`];
    assert.equal(await root.run("stat", "--format=%u:%g", ...paths), "0:0\n0:0\n65431:65431\n");
  },
});
