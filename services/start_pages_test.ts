import assert from "node:assert/strict";
import { dropStartPages, unchanged } from "./start_pages.ts";

/** A mapping as the kernel lists it, with `resident` and `own` kB. */
const mapping = (range: string, rights: string, path: string, resident: number, own: number) =>
  `${range} ${rights} 00001000 fe:00 1234                       ${path}
Size:               1024 kB
KernelPageSize:        4 kB
Rss:                 ${resident} kB
Pss:                   2 kB
Private_Dirty:         0 kB
Anonymous:             ${own} kB
VmFlags: rd ex mr mw me
`;

Deno.test("unchanged finds what of the program is resident, never written to and not writable", () => {
  const smaps = [
    mapping("1000-3000", "r--p", "/bin/a b", 8, 0),
    mapping("3000-4000", "r-xp", "/bin/a b", 4, 0),
    // Relocated when it was loaded; not there; data; another file; nobody's.
    mapping("4000-5000", "r--p", "/bin/a b", 4, 4),
    mapping("5000-6000", "r--p", "/bin/a b", 0, 0),
    mapping("6000-7000", "rw-p", "/bin/a b", 4, 0),
    mapping("7000-8000", "r-xp", "/lib/a", 4, 0),
    mapping("8000-9000", "r-xp", "[vdso]", 4, 0),
  ].join("");
  assert.deepEqual(unchanged(smaps, "/bin/a b"), [
    { begin: 0x1000n, size: 0x2000n },
    { begin: 0x3000n, size: 0x1000n },
  ]);
});

Deno.test("dropStartPages makes the process smaller, which runs on", async () => {
  const resident = () =>
    Number(/RssFile:\s+(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))![1]);
  const before = resident();
  await dropStartPages();
  const after = resident();
  assert.ok(after < before * 0.8, `${before} kB before, ${after} kB after`);
});
