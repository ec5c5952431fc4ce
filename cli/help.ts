import { SETTINGS } from "@/services/config/mod.ts";

const settings = SETTINGS.map(({ flag, value, help }) => {
  const left = `  --${flag} ${value}`;
  return `${left.padEnd(33)} ${help}`;
}).join("\n");

export const HELP = `virtglass shows and controls the VMs of a libvirt host, live in the browser.

  virtglass serve [flags]                       the server
  virtglass user add|passwd|remove NAME         who may sign in; works while the server runs
  virtglass user disable|enable NAME            keeps somebody out for a while
  virtglass user role NAME ROLE                 a role on all VMs, instead of grants
  virtglass user grant NAME VM ROLE             a role on a single VM, instead of one on all
  virtglass user revoke NAME VM                 takes that away
  virtglass user reset-2fa NAME                 turns off the second factor of who has lost it
  virtglass user list
  virtglass --version | --help

Flags of serve (each is also an environment variable, --data-dir VIRTGLASS_DATA_DIR,
and a key of the config file):
${settings}
  --config FILE                     TOML file with any of the above

Flags of user:
  --role admin|operator|viewer      for add (default: viewer)
  --connect URI                     for grant: the libvirt that knows the VM
  --password-stdin                  read the password from standard input
  --data-dir DIR                    the server's data folder
`;
