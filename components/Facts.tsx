import type { ComponentChildren } from "preact";
import type { VMDetail } from "@/protocol/mod.ts";
import { size } from "@/components/format.ts";
import { common, hardware as texts } from "@/texts/mod.ts";

/** What a VM is made of. */
export function Facts({ vm }: { vm: VMDetail }) {
  return (
    <aside class="facts" aria-label={texts.title}>
      {vm.title ? <p class="facts-title">{vm.title}</p> : null}
      {vm.description ? <p class="facts-text">{vm.description}</p> : null}
      <dl class="facts-list">
        <Fact name={texts.vcpus}>{vm.vcpus}</Fact>
        <Fact name={texts.memory}>{size(vm.memory).join("\u00a0")}</Fact>
        {vm.machine ? <Fact name={texts.machine}>{vm.machine}</Fact> : null}
        <Fact name={texts.autostart}>{vm.autostart ? common.yes : common.no}</Fact>
        {vm.persistent ? null : <Fact name={texts.persistent}>{texts.transient}</Fact>}
      </dl>
      <h2>{texts.interfaces}</h2>
      {vm.interfaces.length === 0 ? <p class="soft">{texts.none}</p> : null}
      <ul class="devices">
        {vm.interfaces.map((nic, index) => (
          <li key={index}>
            <Device
              name={nic.device ?? texts.numbered(index + 1)}
              kind={[nic.model, nic.source].filter(Boolean).join(", ")}
            />
            {nic.addresses.map((address) => <code key={address}>{address}</code>)}
            {nic.mac ? <code class="soft">{nic.mac}</code> : null}
          </li>
        ))}
      </ul>
      <h2>{texts.disks}</h2>
      {vm.disks.length === 0 ? <p class="soft">{texts.none}</p> : null}
      <ul class="devices">
        {vm.disks.map((disk) => (
          <li key={disk.device}>
            <Device name={disk.device} kind={disk.bus ?? ""} />
            <code class="soft">{disk.source ?? texts.empty}</code>
          </li>
        ))}
      </ul>
      <h2>{texts.uuid}</h2>
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
