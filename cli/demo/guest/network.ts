/** A counted network where the kernel lets us have one. */
export async function network(): Promise<"tap" | "user"> {
  if (Deno.uid() !== 0) return "user";
  return await Deno.stat("/dev/net/tun").then(() => "tap" as const, () => "user" as const);
}
