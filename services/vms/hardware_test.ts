import assert from "node:assert/strict";
import { parseHardware } from "./hardware.ts";

const RUNNING = `<domain type='kvm' id='3'>
  <name>web1</name>
  <memory unit='KiB'>4194304</memory>
  <currentMemory unit='KiB'>1572864</currentMemory>
  <memoryBacking><hugepages/></memoryBacking>
  <vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>
  <os firmware='efi'>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <loader readonly='yes' secure='no' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <boot dev='hd'/>
    <boot dev='network'/>
  </os>
  <cpu mode='host-model'><topology sockets='1' cores='2' threads='2'/></cpu>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
      <source file='/var/lib/libvirt/images/web1.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <serial>0001</serial>
      <boot order='1'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
    <interface type='network'>
      <mac address='52:54:00:12:34:56'/><source network='default'/>
      <target dev='vnet0'/><model type='virtio'/><mtu size='9000'/><link state='down'/>
    </interface>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1' passwd='secret'/>
    <video><model type='virtio' heads='1'/></video>
    <serial type='pty'><source path='/dev/pts/1'/><target type='isa-serial' port='0'/></serial>
    <console type='pty' tty='/dev/pts/1'><target type='serial' port='0'/></console>
    <console type='pty'><target type='virtio' port='1'/></console>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <memballoon model='virtio'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>`;

Deno.test("parseHardware tells of every kind of part that a VM has", () => {
  const kinds = parseHardware(RUNNING);
  const facts = (title: string) =>
    kinds.find((kind) => kind.title === title)?.parts.map(({ name, facts }) => [
      name,
      Object.fromEntries(facts),
    ]);
  assert.deepEqual(facts("Processor"), [["", {
    "vCPUs": "2 of 4",
    "Mode": "host-model",
    "Topology": "1 socket, 2 cores, 2 threads",
    "Pinned to host CPUs": "0-3",
  }]]);
  assert.deepEqual(facts("Memory"), [["", {
    "Most": "4 GiB",
    "Given now": "1.5 GiB",
    "Balloon": "virtio",
    "Huge pages": "yes",
  }]]);
  assert.deepEqual(facts("Boot and firmware"), [["", {
    "Architecture": "x86_64",
    "Machine": "pc-q35-7.2",
    "Firmware": "UEFI",
    "Secure boot": "no",
    "Loader": "/usr/share/OVMF/OVMF_CODE.fd",
    "Boots from": "hd, then network",
    "Emulator": "/usr/bin/qemu-system-x86_64",
  }]]);
  assert.deepEqual(facts("Disks"), [
    ["vda", {
      "Kind": "disk",
      "Bus": "virtio",
      "Source": "/var/lib/libvirt/images/web1.qcow2",
      "Format": "qcow2",
      "Cache": "none",
      "Discard": "unmap",
      "Serial number": "0001",
      "Boot order": "1",
    }],
    ["sda", { "Kind": "cdrom", "Bus": "sata", "Source": "empty", "Read-only": "yes" }],
  ]);
  assert.deepEqual(facts("Interfaces"), [["vnet0", {
    "Type": "network",
    "Source": "default",
    "Model": "virtio",
    "MAC": "52:54:00:12:34:56",
    "MTU": "9000",
    "Link": "down",
  }]]);
  assert.deepEqual(facts("Graphics"), [
    ["VNC", { "Listens on": "127.0.0.1", "Port": "chosen at start" }],
    ["Video", { "Model": "virtio", "Heads": "1" }],
  ]);
  assert.deepEqual(facts("Consoles")?.map(([name]) => name), ["serial 0", "virtio 1"]);
  assert.deepEqual(facts("Other devices")?.map(([name]) => name), ["Channel", "Random numbers"]);
});

Deno.test("parseHardware says no password, even of an XML that has one", () => {
  assert.equal(JSON.stringify(parseHardware(RUNNING)).includes("secret"), false);
});

Deno.test("parseHardware leaves out kinds of which a VM has none", () => {
  const kinds = parseHardware("<domain type='test'><name>t</name><vcpu>1</vcpu></domain>");
  assert.deepEqual(kinds.map(({ title }) => title), ["Processor"]);
  assert.deepEqual(parseHardware("<other/>"), []);
});
