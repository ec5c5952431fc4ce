/** What the tiny guest runs, by its place in there. Nothing of it is on disk: the executable has it. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  "init": `#!/bin/busybox sh
# First process of the tiny guest: brings up what a VM page has to show, then hands over to busybox
# init, which keeps a root shell on every console that exists.
/bin/busybox mkdir -p /proc /sys /dev /tmp /root /run /sbin /usr/bin /usr/sbin
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts && mount -t devpts devpts /dev/pts

while read -r module; do insmod "/modules/$module"; done </modules/order

ip link set lo up
ip link set eth0 up
for word in $(cat /proc/cmdline); do
  value=\${word#*=}
  case $word in
    guest.hostname=*) hostname "$value" ;;
    guest.address=*) ip addr add "$value" dev eth0 ;;
    guest.gateway=*) ip route add default via "$value" ;;
  esac
done 2>/dev/null

# Dirty pages reach the disk within seconds, so that the disk chart follows what is written.
echo 200 >/proc/sys/vm/dirty_writeback_centisecs
echo 200 >/proc/sys/vm/dirty_expire_centisecs

# It writes its process id once it listens: a shell that prompts means that the power button works.
acpid -c /etc/acpi -l /dev/null -p /run/acpid.pid
for _ in $(seq 500); do
  [ -s /run/acpid.pid ] && break
  usleep 10000
done

for tty in ttyS0 hvc0; do
  [ -c /dev/$tty ] && echo "$tty::respawn:-/bin/sh"
done >/etc/inittab
echo "::once:/etc/activity" >>/etc/inittab
exec /bin/init
`,
  "etc/profile":
    `# A known size, or the shell asks the terminal for its cursor and every viewer's terminal answers.
stty rows 24 cols 80
export HOME=/root TERM=xterm-256color PS1='root@\\h:\\w# '
cd /root
`,
  "etc/activity": `#!/bin/sh
# Gentle life for the charts, without a fork per round: every two seconds one ping to the gateway, or to
# whoever is at the other end of the link, and some bytes to the disk.
gateway=$(ip route | sed -n 's/default via \\([0-9.]*\\).*/\\1/p')
# Link-local addresses take a second or two until they may be used: until then ping fails at once.
until ping -q -i 2 -s 1400 "\${gateway:-ff02::1%eth0}"; do sleep 1; done >/dev/null 2>&1 &

[ -b /dev/vda ] || exit 0
mkfifo /run/silence
exec 3<>/run/silence
# Nobody ever writes to the pipe: reading with a timeout is a sleep that starts no process.
until read -r -t 2 <&3; do
  round=$((round + 1))
  printf '%4096d' "$round"
done >/dev/vda
`,
  "etc/acpi/PWRF/00000080": `#!/bin/sh
# What acpid runs when the host presses the power button.
sync
poweroff -f
`,
};
