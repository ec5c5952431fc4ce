import assert from "node:assert/strict";
import { modulesIn } from "@/tasks/build/files.ts";
import { project } from "@/tasks/build/project.ts";

/** Whoever fills these in has no session, hence no token. */
const WITHOUT_SESSION = new Set(["routes/login.tsx", "routes/setup.tsx"]);

for (const room of ["components", "islands", "routes"]) {
  for (const path of modulesIn(`${project}/${room}`).map((file) => `${room}/${file}`)) {
    const text = Deno.readTextFileSync(`${project}/${path}`);
    const forms = [...text.matchAll(/<form\b[^]*?method="post"[^]*?>\s*(<FormToken \/>)?/g)];
    if (forms.length === 0 || WITHOUT_SESSION.has(path)) continue;
    Deno.test(`${path}: a form that changes something begins with <FormToken />`, () => {
      for (const [form, token] of forms) assert.ok(token, form);
    });
  }
}
