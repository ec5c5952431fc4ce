#!/bin/bash
# First process of a private libvirtd's world; run as
#   unshare --mount --net --pid --fork --kill-child --mount-proc private_libvirtd.sh FOLDER
# Every line on stdin starts libvirtd, and its process id in here is the answer on stdout. When
# stdin ends, because the test is over or has died, everything in here is killed and FOLDER removed;
# mounts and network end with their last process. It is bash, which reaps every orphan while it
# reads: libvirtd waits until a dead QEMU has really gone.
set -eu
folder=$1

mount --make-rprivate /
for name in run/libvirt var/lib/libvirt var/log/libvirt etc/libvirt; do
  mkdir -p "$folder/$name" "/$name"
  mount --bind "$folder/$name" "/$name"
done
# Consoles are locked by files that name a process of this world: elsewhere that is another one.
mount -t tmpfs none "$(readlink -f /var/lock)"
# This network's devices only, and no cgroups: guests of parallel tests must not meet there.
mount -t sysfs sysfs /sys
# No message bus, so that nothing of this reaches the machine's systemd or polkit.
if [ -d /run/dbus ]; then mount -t tmpfs none /run/dbus; fi
ip link set lo up

cat >"$folder/libvirtd.conf" <<END
unix_sock_dir = "$folder"
unix_sock_rw_perms = "0700"
auth_unix_ro = "none"
auth_unix_rw = "none"
END
cat >/etc/libvirt/qemu.conf <<END
user = "root"
group = "root"
security_driver = "none"
namespaces = [ ]
cgroup_controllers = [ ]
stdio_handler = "file"
END

trap '' HUP INT TERM
while read -r _; do
  libvirtd --config "$folder/libvirtd.conf" --pid-file "$folder/libvirtd.pid" \
    </dev/null >>"$folder/libvirtd.out" 2>&1 &
  echo $!
  disown
done
while kill -KILL -1 2>/dev/null; do :; done
rm -rf "$folder"
