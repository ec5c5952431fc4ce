// deno run -A constant_page.ts PORT FILE: Deno.serve that answers every request with the file's bytes.
const [port = "", file = ""] = Deno.args;
const page = await Deno.readFile(file);
const init = { headers: { "content-type": "text/html; charset=utf-8" } };
const onListen = () => console.log("ready");
Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen },
  () => new Response(page, init),
);
