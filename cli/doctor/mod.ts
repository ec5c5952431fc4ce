import { loadConfig } from "@/services/config/mod.ts";
import type { Arguments } from "../arguments.ts";
import { lookAtDataFolder } from "./data_folder.ts";
import type { Finding, Look } from "./finding.ts";
import { lookAtLibvirt } from "./libvirt.ts";
import { lookAtCertificate, lookAtPort } from "./listening.ts";
import { lookAtClock, lookAtDescriptors, lookAtMemory } from "./machine.ts";
import { lookAsService } from "./service.ts";

/** In the order in which a person would mend them. */
const LOOKS: readonly Look[] = [
  lookAsService,
  lookAtLibvirt,
  lookAtDataFolder,
  lookAtPort,
  lookAtCertificate,
  lookAtClock,
  lookAtMemory,
  lookAtDescriptors,
];

/** `virtglass doctor`: what is wrong with this machine, and what to do. Exit code 1 for a failure. */
export async function doctor({ flags: { json, ...settings } }: Arguments): Promise<number> {
  const config = await loadConfig(settings);
  const findings: Finding[] = [];
  for (const look of LOOKS) findings.push(...await look(config));
  console.log(json ? JSON.stringify(findings, null, 2) : findings.map(line).join("\n"));
  return findings.some(({ state }) => state === "failure") ? 1 : 0;
}

function line({ of, state, says, remedy }: Finding): string {
  const told = `${state.padEnd(8)} ${of}: ${says}`;
  return remedy === undefined ? told : `${told}\n         -> ${remedy}`;
}
