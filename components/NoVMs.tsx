import { host } from "@/texts/mod.ts";

/** What stands in the place of the table. */
export function NoVMs() {
  const [before, between, after] = host.noVMsNote;
  return (
    <div class="empty">
      <h2>{host.noVMs}</h2>
      <p>
        {before}
        <code>virsh define</code>
        {between}
        <code>virt-install</code>
        {after}
      </p>
    </div>
  );
}
