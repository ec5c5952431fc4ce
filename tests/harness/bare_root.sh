#!/bin/bash
# Runs the executable within a bare root; started by bare_root.ts as
#   unshare --mount --propagation private bare_root.sh ROOT DATA SOCKET PROGRAM ARGS...
# The root shares nothing with this machine but DATA, which keeps its path, libvirt's SOCKET and
# /proc, from which a program reads itself. The environment is empty.
set -eu
root=$1 data=$2 socket=$3
shift 4

mkdir -p "$root/proc" "$root$data" "$root/run/libvirt"
mount -t proc proc "$root/proc"
mount --bind "$data" "$root$data"
touch "$root/run/libvirt/libvirt-sock"
mount --bind "$socket" "$root/run/libvirt/libvirt-sock"
exec env --ignore-environment "$(type -P chroot)" "$root" /virtglass "$@"
