// deno run -A empty_page.ts PORT: Hono that answers every request with a page of nothing.
import { Hono } from "hono";

const [port = ""] = Deno.args;
const app = new Hono();
app.get("/", (c) => c.html("<!DOCTYPE html><html><head></head><body></body></html>"));
const onListen = () => console.log("ready");
Deno.serve({ hostname: "127.0.0.1", port: Number(port), onListen }, app.fetch);
