import assert from "node:assert/strict";
import { makeSelfSigned } from "@/services/network/certificate.ts";
import { run } from "@/cli/run.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** What every answer says, be it a page, an error, a file or JSON. */
const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Script in the page itself; what has another type is data. */
const INLINE = /<script(?![^>]* src=)(?! type="application\/json")[^>]*>|\son[a-z]+="|javascript:/i;

/** What a page may load, by directive. */
function policy(headers: Headers): Map<string, string> {
  const text = headers.get("content-security-policy") ?? "";
  return new Map(
    text.split("; ").map((part) => {
      const [name, ...sources] = part.split(" ");
      return [name!, sources.join(" ")];
    }),
  );
}

Deno.test("every answer has the headers that bound what a browser may do with it", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const cookie = await signIn(server);
  for (
    const path of [
      ...[
        "/",
        "/login",
        "/vms/test",
        "/vms/test/console",
        "/recordings",
        "/vms/nothing",
        "/nothing",
      ],
      ...["/api/v1/vms", "/api/v1/nothing", "/healthz", "/css/main.css", "/%ff", "/ws/events"],
    ]
  ) {
    await t.step(path, async () => {
      const response = await server.fetch(path, { token: null, headers: { cookie } });
      const text = await response.text();
      const { headers } = response;
      for (const [name, value] of Object.entries(EVERYWHERE)) {
        assert.equal(headers.get(name), value, name);
      }
      const allowed = policy(headers);
      assert.equal(allowed.get("default-src"), "'none'");
      assert.equal(allowed.get("script-src"), "'self'");
      assert.equal(allowed.get("frame-ancestors"), "'none'");
      assert.equal(allowed.get("base-uri"), "'none'");
      assert.equal(allowed.get("form-action"), "'self'");
      assert.match(headers.get("permissions-policy") ?? "", /camera=\(\).*usb=\(\)/);
      assert.ok(!INLINE.test(text), "a script in the page");
      const styled = /^\/vms\/./.test(path) ? "'self' 'unsafe-inline'" : "'self'";
      assert.equal(allowed.get("style-src"), styled);
      if (!path.startsWith("/css/")) {
        assert.match(headers.get("cache-control") ?? "", /no-store|private/);
      }
    });
  }
});

Deno.test("browsers are told to come back by TLS where a certificate is vouched for", async () => {
  using folder = temporaryFolder();
  const file = (name: string) => `${folder.path}/${name}`;
  const own = await makeSelfSigned(["localhost"], Date.now());
  await Deno.writeTextFile(file("ca-key.pem"), own.key);
  const openssl = (...args: string[]) => run("openssl", args);
  await openssl(
    ...["req", "-x509", "-new", "-key", file("ca-key.pem"), "-subj", "/CN=An authority"],
    ...["-days", "2", "-out", file("ca.pem")],
  );
  await openssl(
    ...["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
    ...["-keyout", file("key.pem"), "-subj", "/CN=127.0.0.1", "-out", file("asked.pem")],
  );
  await Deno.writeTextFile(file("names"), "subjectAltName=IP:127.0.0.1");
  await openssl(
    ...["x509", "-req", "-in", file("asked.pem"), "-CA", file("ca.pem"), "-days", "2"],
    ...["-CAkey", file("ca-key.pem"), "-CAcreateserial", "-extfile", file("names")],
    ...["-out", file("cert.pem")],
  );
  await using server = await Server.start({
    connect: "test:///default",
    args: ["--tls-cert", file("cert.pem"), "--tls-key", file("key.pem")],
    trust: await Deno.readTextFile(file("ca.pem")),
  });
  const { headers, body } = await server.fetch("/login");
  await body?.cancel();
  assert.equal(headers.get("strict-transport-security"), "max-age=2592000");
});

async function signIn(server: Server): Promise<string> {
  const response = await server.fetch("/login", {
    token: null,
    method: "POST",
    headers: { origin: server.url },
    body: new URLSearchParams({ ...ADMIN }),
  });
  await response.body?.cancel();
  return response.headers.get("set-cookie")!.split(";")[0]!;
}
