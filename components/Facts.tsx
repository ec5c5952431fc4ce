import type { ComponentChildren } from "preact";
import type { VMDetail } from "@/protocol.ts";
import { size } from "@/components/format.ts";

/** What a VM is made of. */
export function Facts({ vm }: { vm: VMDetail }) {
  return (
    <aside class="facts" aria-label="Hardware">
      {vm.title ? <p class="facts-title">{vm.title}</p> : null}
      {vm.description ? <p class="facts-text">{vm.description}</p> : null}
      <dl class="facts-list">
        <Fact name="vCPUs">{vm.vcpus}</Fact>
        <Fact name="Memory">{size(vm.memory).join("\u00a0")}</Fact>
        {vm.machine ? <Fact name="Machine">{vm.machine}</Fact> : null}
        <Fact name="Starts with the host">{vm.autostart ? "yes" : "no"}</Fact>
        {vm.persistent ? null : <Fact name="Kept when stopped">no, it is transient</Fact>}
      </dl>
      <h2>Interfaces</h2>
      {vm.interfaces.length === 0 ? <p class="soft">None.</p> : null}
      <ul class="devices">
        {vm.interfaces.map((nic, index) => (
          <li key={index}>
            <Device
              name={nic.device ?? `Interface ${index + 1}`}
              kind={[nic.model, nic.source].filter(Boolean).join(", ")}
            />
            {nic.addresses.map((address) => <code key={address}>{address}</code>)}
            {nic.mac ? <code class="soft">{nic.mac}</code> : null}
          </li>
        ))}
      </ul>
      <h2>Disks</h2>
      {vm.disks.length === 0 ? <p class="soft">None.</p> : null}
      <ul class="devices">
        {vm.disks.map((disk) => (
          <li key={disk.device}>
            <Device name={disk.device} kind={disk.bus ?? ""} />
            <code class="soft">{disk.source ?? "empty"}</code>
          </li>
        ))}
      </ul>
      <h2>UUID</h2>
      <code class="soft">{vm.uuid}</code>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Device({ name, kind }: { name: string; kind: string }) {
  return (
    <p class="device">
      <span>{name}</span>
      <span class="soft">{kind}</span>
    </p>
  );
}
