/** The program: starts to look for libvirt, and meanwhile reads everything else. */
import { preloadLibrary } from "@/libvirt/preload.ts";

if (Deno.args[0] === "serve") preloadLibrary();
const { main } = await import("@/cli/main.ts");
Deno.exit(await main(Deno.args));
