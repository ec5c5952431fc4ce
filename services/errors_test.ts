import assert from "node:assert/strict";
import { ERROR_CODES, type ErrorCode, Problem } from "@/protocol/mod.ts";
import { asGlassError, GlassError, problemResponse, RateLimited, toProblem } from "./errors.ts";

const EXPECTED: Record<ErrorCode, number> = {
  INVALID_MESSAGE: 400,
  UNAUTHENTICATED: 401,
  TOTP_REQUIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  VM_NOT_FOUND: 404,
  VM_NOT_RUNNING: 409,
  VM_STATE: 409,
  CONFLICT: 409,
  CONSOLE_BUSY: 409,
  CONSOLE_STALLED: 409,
  MISDIRECTED: 421,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  LIBVIRT_ERROR: 502,
  AUDIT_UNAVAILABLE: 503,
  CONSOLE_UNAVAILABLE: 503,
  LIBVIRT_UNAVAILABLE: 503,
  TIMEOUT: 504,
};

for (const code of ERROR_CODES) {
  Deno.test(`toProblem gives ${code} status ${EXPECTED[code]} and a title of its own`, () => {
    const problem = Problem.parse(toProblem(new GlassError(code, `about "${code}"`)));
    assert.equal(problem.status, EXPECTED[code]);
    assert.equal(problem.code, code);
    assert.equal(problem.detail, `about "${code}"`);
    const others = ERROR_CODES.filter((other) => other !== code);
    const titles = others.map((other) => toProblem(new GlassError(other, "")).title);
    assert.ok(problem.title.length > 0 && !titles.includes(problem.title));
    assert.match(problem.type, /^urn:virtglass:error:[a-z]+(-[a-z]+)*$/);
  });
}

Deno.test("problemResponse answers with the status and uncached problem details", async () => {
  const error = new GlassError("VM_NOT_FOUND", 'There is no VM "web1".');
  const response = problemResponse(error);
  assert.equal(response.status, 404);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.deepEqual(await response.json(), {
    type: "urn:virtglass:error:vm-not-found",
    title: "No such VM",
    status: 404,
    detail: 'There is no VM "web1".',
    code: "VM_NOT_FOUND",
  });
});

Deno.test("problemResponse says in seconds when to try again what was too much", () => {
  const response = problemResponse(new RateLimited("Too many requests.", 1_200));
  assert.equal(response.status, 429);
  assert.equal(response.headers.get("retry-after"), "2");
});

Deno.test("asGlassError hands a GlassError through as it is", () => {
  const error = new GlassError("CONFLICT", "taken");
  assert.equal(asGlassError(error), error);
});

for (const thrown of [new Error("secret: hunter2"), "secret: hunter2", undefined, null]) {
  Deno.test(`asGlassError tells nothing of a thrown ${Deno.inspect(thrown).split("\n")[0]}`, () => {
    const error = asGlassError(thrown);
    assert.equal(error.code, "INTERNAL");
    assert.equal(error.cause, thrown);
    assert.doesNotMatch(JSON.stringify(toProblem(error)), /hunter2/);
  });
}
