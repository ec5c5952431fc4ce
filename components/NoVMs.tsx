export function NoVMs() {
  return (
    <div class="empty">
      <h2>No virtual machines yet</h2>
      <p>
        This host has none that you may see. One that is defined with <code>virsh define</code> or
        {" "}
        <code>virt-install</code> appears here by itself.
      </p>
    </div>
  );
}
