/**
 * What dpkg runs around unpacking and removing. A purge takes the user away as well, and gives the data
 * folder to root before: the user's number may be given to somebody else, and with it the folder.
 */
export const SCRIPTS: Record<string, string> = {
  postinst: `#!/bin/sh
set -e
if [ "$1" = configure ]; then
  systemd-sysusers virtglass.conf
  deb-systemd-helper unmask virtglass.service >/dev/null || true
  if deb-systemd-helper --quiet was-enabled virtglass.service; then
    deb-systemd-helper enable virtglass.service >/dev/null || true
  fi
  deb-systemd-helper update-state virtglass.service >/dev/null || true
  if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
    deb-systemd-invoke restart virtglass.service >/dev/null || true
  fi
  if [ -e /etc/systemd/system/virtglass.service ]; then
    echo "virtglass: /etc/systemd/system/virtglass.service is used instead of the package's unit."
    echo "Run \"virtglass service uninstall\", and install the package again."
  fi
fi
`,
  prerm: `#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop virtglass.service >/dev/null || true
fi
`,
  postrm: `#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload >/dev/null || true
fi
if [ "$1" = purge ]; then
  if command -v deb-systemd-helper >/dev/null; then
    deb-systemd-helper purge virtglass.service >/dev/null || true
  fi
  if [ -d /var/lib/virtglass ]; then
    # By its number: the user may be gone already.
    owner=$(stat --format=%u /var/lib/virtglass)
    find /var/lib/virtglass -user "$owner" -exec chown --no-dereference root:root {} +
    echo "virtglass: /var/lib/virtglass stays: remove it by hand when nobody needs it."
  fi
  if getent passwd virtglass >/dev/null; then userdel virtglass; fi
  if getent group virtglass >/dev/null; then groupdel virtglass; fi
fi
`,
};
