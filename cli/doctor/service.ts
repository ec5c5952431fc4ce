import { exists } from "@/cli/exists.ts";
import { DATA_DIR, USER } from "@/cli/service/unit.ts";
import { type Finding, warning } from "./finding.ts";

/** Where its own command line and its package put the unit. */
const UNITS = ["/etc", "/usr/lib"].map((folder) => `${folder}/systemd/system/virtglass.service`);

/** By systemd itself, which alone reads the file of settings as it does for the service. */
export const AS_SERVICE = [
  "systemd-run --quiet --collect --pipe --wait",
  `--property=User=${USER} --property=SupplementaryGroups=libvirt`,
  `--property=EnvironmentFile=-/etc/default/virtglass --setenv=VIRTGLASS_DATA_DIR=${DATA_DIR}`,
  "virtglass doctor",
].join(" ");

/** Root may use every socket and every file: what the service's user lacks, it does not see. */
export function lookAsService(): Finding[] {
  if (Deno.uid() !== 0 || !UNITS.some(exists)) return [];
  return [
    warning(
      "service",
      `what follows is seen as root; the service runs as "${USER}", with the settings of /etc/default/virtglass`,
      AS_SERVICE,
    ),
  ];
}
