/** Where the parts of the service lie: an administrator's own places, or a package's. */
export interface Places {
  /** The executable. */
  program: string;
  unit: string;
  sysusers: string;
  polkit: string;
}

export const USER = "virtglass";
export const DATA_DIR = "/var/lib/virtglass";

/**
 * The unit of systemd. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
 *
 * Two things of the usual list are missing. MemoryDenyWriteExecute: V8 compiles JavaScript to machine
 * code as it runs, and calls to libvirt go through code that is made at run time. ProtectProc and
 * ProcSubset: how long a guest has been up is read from its QEMU's entry in /proc.
 */
export function unit({ program }: Pick<Places, "program">): string {
  return `[Unit]
Description=virtglass: the virtual machines of this host, live in the browser
# An address to listen on may be one that comes with the network.
Wants=network-online.target
After=network-online.target libvirtd.socket virtqemud.socket
# However often it ends, it is started again.
StartLimitIntervalSec=0

[Service]
Type=notify
ExecStart=${program} serve
# Settings, each as VIRTGLASS_NAME=VALUE, or a file of them: VIRTGLASS_CONFIG=/etc/virtglass.toml
EnvironmentFile=-/etc/default/virtglass
Environment=VIRTGLASS_DATA_DIR=${DATA_DIR}
Restart=always
RestartSec=2
# What is wrong with the settings stays wrong.
RestartPreventExitStatus=2
WatchdogSec=30
TimeoutStopSec=10

# Who may use libvirt's socket may do on this host what root may: a guest can be given any disk and
# any file of it. What follows keeps virtglass from all other ways, not from this one.
User=${USER}
SupplementaryGroups=libvirt
StateDirectory=virtglass
StateDirectoryMode=0700
UMask=0077

MemoryMax=1G
TasksMax=256
LimitNOFILE=65536

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateMounts=yes
DevicePolicy=closed
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}

/** The service's own user. https://www.freedesktop.org/software/systemd/man/latest/sysusers.d.html */
export const SYSUSERS = `u ${USER} - "virtglass server" ${DATA_DIR}
m ${USER} libvirt
`;

/** Where libvirt asks polkit rather than its socket's group. https://libvirt.org/aclpolkit.html */
export const POLKIT =
  `// The virtglass server may use libvirt, as the members of the group "libvirt" may.
polkit.addRule(function (action, subject) {
  if (action.id == "org.libvirt.unix.manage" && subject.user == "${USER}") {
    return polkit.Result.YES;
  }
});
`;
