import type { ServerMessage, VMDetail, VMNews } from "@/protocol/mod.ts";

/** What `message` tells of this VM's detail; undefined where it tells nothing of it. */
export function detailIn({ type, data }: ServerMessage, uuid: string): VMDetail | undefined {
  const told = type === "vm" ? [data] : type === "subscribed" ? data.vms ?? [] : [];
  return told.filter(isDetail).find((vm) => vm.uuid === uuid);
}

const isDetail = (vm: VMNews): vm is VMDetail => vm.disks !== undefined;
