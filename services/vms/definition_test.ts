import assert from "node:assert/strict";
import { parseDefinition } from "./definition.ts";

const domain = (inside: string, attributes = "type='kvm'") =>
  `<domain ${attributes}>
    <name>web1</name>
    <memory unit='KiB'>1024</memory>
    ${inside.includes("<vcpu") ? "" : "<vcpu>1</vcpu>"}
    ${inside}
  </domain>`;
const devices = (inside: string) => domain(`<devices>${inside}</devices>`);

Deno.test("parseDefinition reads a running VM as libvirt writes it", () => {
  const definition = parseDefinition(`<domain type='kvm' id='3'>
  <name>web1</name>
  <uuid>2b5ae7b5-6f8b-4a57-9a47-1a9a3d9a3c01</uuid>
  <title>Web &amp; mail</title>
  <description>Serves &lt;www&gt;,
and the "mail"</description>
  <memory unit='KiB'>2097152</memory>
  <vcpu placement='static'>2</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/web1.qcow2' index='2'/>
      <backingStore type='file'><format type='qcow2'/><source file='/base.qcow2'/></backingStore>
      <target dev='vda' bus='virtio'/>
      <serial>0001</serial>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:12:34:56'/>
      <source network='default' portid='c4c0ba0c' bridge='virbr0'/>
      <target dev='vnet0'/>
      <model type='virtio'/>
    </interface>
    <serial type='pty'><source path='/dev/pts/1'/><target type='isa-serial' port='0'/></serial>
    <console type='pty' tty='/dev/pts/1'><target type='serial' port='0'/></console>
  </devices>
</domain>`);
  assert.deepEqual(definition, {
    title: "Web & mail",
    description: 'Serves <www>,\nand the "mail"',
    machine: "pc-q35-7.2",
    vcpus: 2,
    memory: 2 * 1024 ** 3,
    console: true,
    interfaces: [{
      device: "vnet0",
      mac: "52:54:00:12:34:56",
      source: "default",
      model: "virtio",
    }],
    disks: [{ device: "vda", bus: "virtio", source: "/var/lib/libvirt/images/web1.qcow2" }],
  });
});

Deno.test("parseDefinition counts the vCPUs that are plugged in, not those that could be", () => {
  assert.equal(parseDefinition(domain("<vcpu>4</vcpu>")).vcpus, 4);
  assert.equal(parseDefinition(domain("<vcpu placement='static'>4</vcpu>")).vcpus, 4);
  assert.equal(parseDefinition(domain("<vcpu current='2'>4</vcpu>")).vcpus, 2);
});

Deno.test("parseDefinition names a network's NIC the same while its VM runs and while it does not", () => {
  const nic = (source: string) => devices(`<interface type='network'>${source}</interface>`);
  const running = parseDefinition(nic("<source network='lan' portid='1' bridge='virbr1'/>"));
  const stopped = parseDefinition(nic("<source network='lan'/>"));
  assert.deepEqual(running, stopped);
});

const EMPTY = {
  title: null,
  description: null,
  machine: null,
  vcpus: 1,
  memory: 1024 ** 2,
  console: false,
  interfaces: [],
  disks: [],
};
const BARE: Record<string, string> = {
  "no devices": domain(""),
  "empty devices": domain("<devices/>"),
  "empty title and description": domain("<title></title><description/>"),
  "devices of other kinds": devices("<input type='tablet'/><memballoon model='virtio'/>"),
};
for (const [what, xml] of Object.entries(BARE)) {
  Deno.test(`parseDefinition of a VM with ${what} is all empty`, () => {
    assert.deepEqual(parseDefinition(xml), EMPTY);
  });
}

const DISKS: [type: string, source: string, expected: string | null][] = [
  ["file", "<source file='/a &amp; b.img'/>", "/a & b.img"],
  ["block", "<source dev='/dev/vg0/web1'/>", "/dev/vg0/web1"],
  ["dir", "<source dir='/srv/fat'/>", "/srv/fat"],
  [
    "network",
    "<source protocol='rbd' name='pool/web1'><host name='ceph1' port='6789'/></source>",
    "pool/web1",
  ],
  ["volume", "<source pool='default' volume='web1.qcow2'/>", "web1.qcow2"],
  ["nvme", "<source type='pci' managed='yes' namespace='1'><address bus='0x01'/></source>", null],
  ["file", "", null],
];
for (const [type, source, expected] of DISKS) {
  Deno.test(`parseDefinition reads the source ${expected} of a disk of type ${type}`, () => {
    const xml = devices(`<disk type='${type}'>${source}<target dev='sda' bus='sata'/></disk>`);
    assert.deepEqual(parseDefinition(xml).disks, [{
      device: "sda",
      bus: "sata",
      source: expected,
    }]);
  });
}

const NICS: [type: string, source: string, expected: string | null][] = [
  ["bridge", "<source bridge='br0'/>", "br0"],
  ["network", "<source network='default'/>", "default"],
  ["direct", "<source dev='eth0' mode='bridge'/>", "eth0"],
  ["user", "", "user"],
  ["vhostuser", "<source type='unix' path='/run/vhost.sock' mode='client'/>", "vhostuser"],
];
for (const [type, source, expected] of NICS) {
  Deno.test(`parseDefinition reads the source ${expected} of a NIC of type ${type}`, () => {
    const [nic] = parseDefinition(devices(`<interface type='${type}'>${source}</interface>`))
      .interfaces;
    assert.deepEqual(nic, { device: null, mac: null, source: expected, model: null });
  });
}

Deno.test("parseDefinition keeps many NICs and disks in their order", () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  const { interfaces, disks } = parseDefinition(devices(
    numbers.map((n) =>
      `<interface type='bridge'><source bridge='br${n}'/><target dev='vnet${n}'/></interface>
       <disk type='file'><source file='/${n}.img'/><target dev='vd${n}' bus='virtio'/></disk>`
    ).join("\n"),
  ));
  assert.deepEqual(interfaces.map(({ device }) => device), numbers.map((n) => `vnet${n}`));
  assert.deepEqual(disks.map(({ source }) => source), numbers.map((n) => `/${n}.img`));
});

Deno.test("parseDefinition reads names that look like numbers as text", () => {
  const { disks, interfaces } = parseDefinition(devices(
    "<disk type='volume'><source pool='p' volume='007'/><target dev='1e3' bus='true'/></disk>" +
      "<interface type='bridge'><source bridge='0x10'/></interface>",
  ));
  assert.deepEqual(disks, [{ device: "1e3", bus: "true", source: "007" }]);
  assert.equal(interfaces[0]?.source, "0x10");
  assert.equal(parseDefinition(domain("<title>0042</title>")).title, "0042");
});

for (const device of ["<serial type='pty'/>", "<console type='pty'/>"]) {
  Deno.test(`parseDefinition sees that ${device} is a console`, () => {
    assert.equal(parseDefinition(devices(device)).console, true);
  });
}

Deno.test("parseDefinition does not take a disk's serial number for a console", () => {
  const xml = devices("<disk type='file'><target dev='sda'/><serial>WD-1</serial></disk>");
  assert.equal(parseDefinition(xml).console, false);
});

Deno.test("parseDefinition reads character references", () => {
  assert.equal(parseDefinition(domain("<title>a&#38;b &#xe4; &apos;</title>")).title, "a&b ä '");
});

Deno.test("parseDefinition keeps metadata of other programs apart", () => {
  const xml = domain(
    "<metadata><x:app xmlns:x='urn:x'><x:title>other</x:title><disk/></x:app></metadata>",
  );
  assert.deepEqual(parseDefinition(xml), EMPTY);
});
