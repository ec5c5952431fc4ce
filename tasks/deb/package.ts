import { dirname, join } from "node:path";
import { COMMANDS } from "@/cli/commands.ts";
import { SHELLS } from "@/cli/completions/mod.ts";
import { POLKIT, SYSUSERS, unit } from "@/cli/service/unit.ts";
import { VERSION } from "@/services/version.ts";
import { commitTime } from "../build/commit.ts";
import { project } from "../build/project.ts";
import { run } from "@/cli/run.ts";
import { manPage } from "./man_page.ts";
import { SCRIPTS } from "./scripts.ts";

const PROGRAM = "/usr/bin/virtglass";

/**
 * What lintian says of the executable, and why it is so. It is Deno's own, with virtglass at its end.
 * https://manpages.debian.org/lintian
 */
const OVERRIDES = `# Deno is one executable, and brings the libraries that it uses.
virtglass: embedded-library *
# A purge gives the data to root before the service's user goes. It follows no link.
virtglass: recursive-privilege-change *
`;

/**
 * Makes a Debian package of `program`. https://www.debian.org/doc/debian-policy/
 *
 * @returns the package's file
 */
export async function makePackage(program: string, into: string): Promise<string> {
  const tree = join(into, "tree");
  await Deno.remove(tree, { recursive: true }).catch(() => {});
  const time = await commitTime(project);
  const date = new Date(time * 1000);
  const architecture = (await run("dpkg", ["--print-architecture"])).trim();
  await copy(program, join(tree, PROGRAM), 0o755);
  for (const [path, text] of Object.entries(files(date))) await write(join(tree, path), text);
  const doc = join(tree, "usr/share/doc/virtglass");
  for (const name of ["changelog", "NEWS"]) await gzip(join(doc, name));
  await gzip(join(tree, "usr/share/man/man1/virtglass.1"));
  for (const [name, text] of Object.entries(SCRIPTS)) {
    await write(join(tree, "DEBIAN", name), text, 0o755);
  }
  const size = Number((await run("du", ["-sk", "--exclude=DEBIAN", tree])).split("\t")[0]);
  await write(join(tree, "DEBIAN/control"), control(architecture, size));
  await write(join(tree, "DEBIAN/md5sums"), await checksums(tree));
  const file = join(into, `virtglass_${VERSION}_${architecture}.deb`);
  // A level that takes seconds: most of it is Deno, which compresses no better for minutes.
  await run("dpkg-deb", ["--root-owner-group", "-Zxz", "-z1", "--build", tree, file], {
    env: { SOURCE_DATE_EPOCH: String(time) },
  });
  await Deno.remove(tree, { recursive: true });
  return file;
}

function files(date: Date): Record<string, string> {
  return {
    "usr/lib/systemd/system/virtglass.service": unit({ program: PROGRAM }),
    "usr/lib/sysusers.d/virtglass.conf": SYSUSERS,
    "usr/share/polkit-1/rules.d/50-virtglass.rules": POLKIT,
    "usr/share/bash-completion/completions/virtglass": SHELLS.bash(COMMANDS),
    "usr/share/zsh/vendor-completions/_virtglass": SHELLS.zsh(COMMANDS),
    "usr/share/fish/vendor_completions.d/virtglass.fish": SHELLS.fish(COMMANDS),
    "usr/share/man/man1/virtglass.1": manPage(date.toISOString().slice(0, 10), VERSION),
    "usr/share/doc/virtglass/copyright": copyright(),
    "usr/share/doc/virtglass/changelog": changelog(date),
    "usr/share/doc/virtglass/NEWS": Deno.readTextFileSync(join(project, "docs/CHANGELOG.md")),
    "usr/share/lintian/overrides/virtglass": OVERRIDES,
  };
}

const control = (architecture: string, size: number) =>
  `Package: virtglass
Version: ${VERSION}
Architecture: ${architecture}
Maintainer: ${maintainer()}
Installed-Size: ${size}
Depends: libc6 (>= 2.27), libgcc-s1, libvirt0 (>= 6.1), systemd | systemd-standalone-sysusers
Recommends: libvirt-daemon-system, qemu-system
Section: admin
Priority: optional
Description: virtual machines of a libvirt host, live in the browser
 One executable that shows every virtual machine of a KVM host as libvirt
 sees it: state as it changes, numbers as they move, the serial console as
 if sitting at the rack, and power buttons with their outcome.
 .
 It needs no agent, no database server, no web server and no container.
`;

/** Who answers for the package, as Debian's own tools ask for it. */
function maintainer(): string {
  const name = Deno.env.get("DEBFULLNAME") || "virtglass maintainers";
  return `${name} <${Deno.env.get("DEBEMAIL") || "maintainers@virtglass.invalid"}>`;
}

const changelog = (date: Date) =>
  `virtglass (${VERSION}) unstable; urgency=medium

  * What is new is told in /usr/share/doc/virtglass/NEWS.gz.

 -- ${maintainer()}  ${date.toUTCString().replace("GMT", "+0000")}
`;

const copyright = () =>
  `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: virtglass

Files: *
Copyright: ${/Copyright \(c\) (.*)/.exec(Deno.readTextFileSync(join(project, "LICENSE")))?.[1]}
License: MIT

License: MIT
${
    Deno.readTextFileSync(join(project, "LICENSE")).split("\n").slice(4)
      .map((line) => ` ${line === "" ? "." : line}`).join("\n")
  }
`;

async function checksums(tree: string): Promise<string> {
  const list = await run("find", [".", "-type", "f", "-not", "-path", "./DEBIAN/*"], { cwd: tree });
  const paths = list.trim().split("\n").map((path) => path.slice(2)).toSorted();
  return await run("md5sum", paths, { cwd: tree });
}

async function copy(from: string, to: string, mode: number): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  await Deno.copyFile(from, to);
  await Deno.chmod(to, mode);
}

async function write(file: string, text: string, mode = 0o644): Promise<void> {
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeTextFile(file, text);
  await Deno.chmod(file, mode);
}

const gzip = (file: string) => run("gzip", ["-9n", file]);
