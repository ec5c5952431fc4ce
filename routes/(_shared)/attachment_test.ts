import assert from "node:assert/strict";
import { attachment } from "@/routes/(_shared)/attachment.ts";

const ROWS: [name: string, header: string][] = [
  ["web1 2026.cast", `attachment; filename="web1 2026.cast"; filename*=UTF-8''web1%202026.cast`],
  ["bär.cast", `attachment; filename="b_r.cast"; filename*=UTF-8''b%C3%A4r.cast`],
  ['a"b\\c/d.cast', `attachment; filename="a-b-c-d.cast"; filename*=UTF-8''a-b-c-d.cast`],
  [
    "a\r\nset-cookie: x",
    `attachment; filename="a--set-cookie- x"; filename*=UTF-8''a--set-cookie-%20x`,
  ],
  ["it's (1)", `attachment; filename="it's (1)"; filename*=UTF-8''it%27s%20%281%29`],
  ["a\ud800b", `attachment; filename="a_b"; filename*=UTF-8''a%EF%BF%BDb`],
];
for (const [name, header] of ROWS) {
  Deno.test(`attachment names the file ${JSON.stringify(name)}`, () => {
    assert.equal(attachment(name), header);
    new Headers({ "content-disposition": attachment(name) });
  });
}
