import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { connect as connectTLS } from "node:tls";
import { configOf } from "@/services/config/settings.ts";
import { makeSelfSigned, readFacts } from "@/services/network/certificate.ts";
import { Certificates, RENEWED } from "@/services/network/certificates.ts";
import { CommandFailed, run } from "@/cli/run.ts";
import { Server, virtglass } from "@/tests/harness/server.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const DAY = 24 * 3600 * 1000;

/** SHA-256 of the certificate that a new connection is shown. */
async function shown(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connectTLS(
    { host: hostname, port: Number(port), rejectUnauthorized: false },
    () => resolve(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256),
  );
  socket.on("error", reject);
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

/** The status of the answer to a GET, whoever the certificate is for. */
async function curlStatus(url: string, connectTo: string): Promise<number> {
  const options = ["-sk", "-o", "/dev/null", "-w", "%{http_code}", "--connect-to", connectTo];
  return Number(await run("curl", [...options, url]));
}

Deno.test("off loopback TLS comes by itself, with a certificate that is kept", async (t) => {
  await using server = await Server.start({ connect: "test:///default", listen: "0.0.0.0:0" });
  const folder = `${server.dataDir}/tls`;

  await t.step("it speaks TLS, and nothing else on this port", async () => {
    assert.match(server.url, /^https:/);
    assert.equal((await server.fetch("/healthz")).status, 200);
    await assert.rejects(fetch(server.url.replace("https", "http")));
  });
  await t.step("the fingerprint is in the log, and is that of the certificate", async () => {
    const line = server.logs.find(({ fingerprint }) => fingerprint !== undefined);
    assert.equal(line?.fingerprint, await shown(server.url));
    assert.match(line?.message ?? "", /^Self-signed certificate .* SHA-256 "([0-9A-F]{2}:){31}/);
  });
  await t.step("it is on P-256, lasts a year and has the names of this machine", async () => {
    const certificate = new X509Certificate(await Deno.readTextFile(`${folder}/cert.pem`));
    const { namedCurve } = certificate.publicKey.asymmetricKeyDetails ?? {};
    assert.equal(namedCurve, "prime256v1");
    const { names, expiresAt, selfSigned } = await readFacts(String(certificate));
    for (const name of [Deno.hostname().toLowerCase(), "localhost", "127.0.0.1"]) {
      assert.ok(names.includes(name), `${name} in ${names}`);
    }
    assert.ok(selfSigned);
    assert.ok(expiresAt > Date.now() + 390 * DAY && expiresAt < Date.now() + 398 * DAY);
  });
  await t.step("nobody else can read the key", async () => {
    assert.equal((await Deno.stat(`${folder}/key.pem`)).mode! & 0o777, 0o600);
    assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
  });
  await t.step("the session's cookie is bound to this host and to TLS", async () => {
    const response = await server.fetch("/logout", {
      method: "POST",
      headers: { origin: server.url },
    });
    assert.match(response.headers.get("set-cookie")!, /^__Host-virtglass=;.*; Secure/);
  });
  await t.step("it answers to the addresses of this machine, and to no other", async () => {
    const [own] = Deno.networkInterfaces()
      .filter(({ family, address }) => family === "IPv4" && !address.startsWith("127."));
    if (own === undefined) return console.log("skipped: TLS: there is no network but loopback");
    const { port } = new URL(server.url);
    for (const [host, status] of [[own.address, 200], ["192.0.2.1", 421]] as const) {
      const to: string = `::${own.address}:${port}`;
      assert.equal(await curlStatus(`https://${host}/login`, to), status, host);
    }
  });
  await t.step("and no browser is told to insist on it", async () => {
    const response = await server.fetch("/login");
    await response.body?.cancel();
    assert.equal(response.headers.get("strict-transport-security"), null);
  });
});

Deno.test("the certificate stays the same at the next start", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "virtglass-data-" });
  try {
    const seen = new Set<string>();
    for (let start = 0; start < 2; start++) {
      const folder = `${dataDir}/tls`;
      const config = configOf({ listen: "0.0.0.0:1", dataDir });
      using certificates = await Certificates.open(config);
      seen.add(certificates.facts.fingerprint);
      assert.equal(certificates.current.cert, await Deno.readTextFile(`${folder}/cert.pem`));
    }
    assert.equal(seen.size, 1);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("Certificates.open makes another when the old one is no good any more", async (t) => {
  using folder = temporaryFolder();
  const config = configOf({ listen: "10.1.2.3:1", dataDir: folder.path });
  const open = async (settings = config) => {
    using certificates = await Certificates.open(settings);
    return certificates.facts;
  };
  const first = await open();
  const write = async (made: { cert: string; key: string }) => {
    const cert = (await Deno.readTextFile(`${folder.path}/tls/cert.pem`)).split("\n")[0];
    await Deno.writeTextFile(`${folder.path}/tls/cert.pem`, `${cert}\n${made.cert}`);
    await Deno.writeTextFile(`${folder.path}/tls/key.pem`, made.key);
  };
  await t.step("not while it is", async () => {
    assert.deepEqual(await open(), first);
  });
  await t.step("for another address to listen on, or another name", async () => {
    assert.ok(
      (await open({ ...config, allowedHosts: ["vms.example"] })).names.includes("vms.example"),
    );
  });
  await t.step("a month before it ends", async () => {
    const almost = Date.now() + RENEWED - 397 * DAY;
    await write(await makeSelfSigned(["localhost"], almost - DAY));
    assert.ok((await open()).expiresAt > Date.now() + 390 * DAY);
    const fresh = await makeSelfSigned(["localhost"], almost + DAY);
    await write(fresh);
    assert.equal((await open()).fingerprint, (await readFacts(fresh.cert)).fingerprint);
  });
  await t.step("for one that cannot be read", async () => {
    await Deno.writeTextFile(`${folder.path}/tls/cert.pem`, "nonsense");
    assert.ok((await open()).expiresAt > Date.now() + 390 * DAY);
    await Deno.remove(`${folder.path}/tls/key.pem`);
    assert.ok((await open()).expiresAt > Date.now() + 390 * DAY);
  });
});

Deno.test("a given certificate is changed while clients are connected", async (t) => {
  using folder = temporaryFolder();
  const [cert, key] = [`${folder.path}/cert.pem`, `${folder.path}/key.pem`];
  const one = await makeSelfSigned(["127.0.0.1", "vms.example"], Date.now());
  const other = await makeSelfSigned(["127.0.0.1", "vms.example"], Date.now());
  await Deno.writeTextFile(cert, one.cert);
  await Deno.writeTextFile(key, one.key);
  await using server = await Server.start({
    connect: "test:///default",
    args: ["--tls-cert", cert, "--tls-key", key],
    trust: one.cert,
  });
  const print = async ({ cert }: { cert: string }) => (await readFacts(cert)).fingerprint;
  using socket = await server.socket("/ws/vms/test");
  await socket.next("status");
  assert.equal(await shown(server.url), await print(one));

  await t.step("one without its key is not taken, and the log says so", async () => {
    await Deno.writeTextFile(cert, other.cert);
    await eventually(
      () =>
        server.logs.some(({ message }) =>
          /stays as it is.*no certificate with its key/.test(message ?? "")
        ),
      { for: "a word in the log" },
    );
    assert.equal(await shown(server.url), await print(one));
  });
  await t.step("with its key it is, for every new connection", async () => {
    await Deno.writeTextFile(key, other.key);
    await eventually(async () => await shown(server.url) === await print(other), {
      for: "the new certificate",
    });
    for (let n = 0; n < 10; n++) assert.equal(await shown(server.url), await print(other));
  });
  await t.step("sockets that were open stay, and connections that are kept alive too", async () => {
    await socket.answers();
    assert.equal((await server.fetch("/api/v1/vms")).status, 200);
  });
  await t.step("a file that is replaced is seen as well, and again", async () => {
    await Deno.writeTextFile(`${key}.new`, one.key);
    await Deno.writeTextFile(`${cert}.new`, one.cert);
    await Deno.rename(`${key}.new`, key);
    await Deno.rename(`${cert}.new`, cert);
    await eventually(async () => await shown(server.url) === await print(one), {
      for: "the first certificate again",
    });
    await socket.answers();
  });
  await t.step("the names of the certificate are names of the server", async () => {
    const to = `::127.0.0.1:${new URL(server.url).port}`;
    for (const [host, status] of [["vms.example", 200], ["evil.example", 421]] as const) {
      assert.equal(await curlStatus(`https://${host}/login`, to), status, host);
    }
  });
  await t.step("it still ends in time", async () => {
    const { code, took } = await server.stop();
    assert.equal(code, 0);
    assert.ok(took < 5_000, `${took} ms`);
    assert.equal((await socket.closed).code, 1001);
  });
});

Deno.test("serve refuses TLS that cannot be, in one line", async (t) => {
  using folder = temporaryFolder();
  const { cert } = await makeSelfSigned(["localhost"], Date.now());
  const { key } = await makeSelfSigned(["localhost"], Date.now());
  await Deno.writeTextFile(`${folder.path}/cert.pem`, cert);
  await Deno.writeTextFile(`${folder.path}/key.pem`, key);
  for (
    const [what, args, words] of [
      [
        "a key of another certificate",
        ["--tls-cert", `${folder.path}/cert.pem`, "--tls-key", `${folder.path}/key.pem`],
        /are no certificate with its key/,
      ],
      [
        "a file that is not there",
        ["--tls-cert", "/no/cert", "--tls-key", "/no/key"],
        /Cannot read "\/no\/cert"/,
      ],
      [
        "plain HTTP for everybody",
        ["--tls", "off", "--listen", "0.0.0.0:0"],
        /name it with --trusted-proxies$/,
      ],
    ] as const
  ) {
    await t.step(what, async () => {
      const run = virtglass([
        ...["serve", "--connect", "test:///default", "--data-dir", folder.path],
        ...args,
      ]);
      await assert.rejects(run, (error: unknown) => {
        assert.ok(error instanceof CommandFailed);
        assert.equal(error.code, 2);
        assert.match(error.stderr.trim(), words);
        assert.equal(error.stderr.trim().split("\n").length, 1);
        return true;
      });
    });
  }
});
