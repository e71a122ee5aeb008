package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.PRIVILEGES;
import static io.numa.avatar.process.sandbox.Guarantee.SYSTEM_CALLS;

import java.util.List;

/** Ways to rights, and to parts of the kernel that no build needs. */
final class KernelEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              PRIVILEGES,
              "has a capability, or can get one",
              """
              [ -r /proc/self/status ] || skip "there is no /proc"
              while read -r key value; do
                case "$key" in
                  CapInh:|CapPrm:|CapEff:|CapAmb:)
                    case "$value" in *[!0]*) open "$key $value" ;; esac ;;
                  NoNewPrivs:) [ "$value" = 1 ] || open "new privileges are allowed" ;;
                esac
              done </proc/self/status"""),
          new EscapeCheck(
              PRIVILEGES,
              "mounts a file system",
              """
              mkdir place && mount -t tmpfs none place 2>/dev/null && umount place && open "mounted one\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "prepares a file system",
              """
              call 430 430 '"tmpfs", 0' && open "fsopen worked\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "changes the root folder",
              """
              call 161 51 '"/"' && open "chroot worked\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "makes a device",
              """
              mknod device b 7 0 2>/dev/null && open "made one\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "gives a file to another user",
              """
              : >file && chown 12345 file 2>/dev/null && open "gave it\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "gets a higher priority",
              """
              call 141 140 '0, 0, -5' && open "it did\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "loads a module of the kernel",
              """
              code 'syscall($ENV{NUMBER}, 0, 0, 0); exit($!{EPERM} || $!{ENOSYS})' 175 105 \\
                && open "it may load some\"""",
              "only root may do it, and the kernel may have no modules"),
          new EscapeCheck(
              PRIVILEGES,
              "joins the namespaces of the avatar",
              """
              command -v nsenter >/dev/null || skip "there is no nsenter"
              nsenter -t "$HOST_PID" -m true 2>/dev/null && open "joined them\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "changes the name of this machine",
              """
              call 170 161 '$ENV{HOST_NODE}, length($ENV{HOST_NODE})' && open "set it\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "sends forged packets",
              """
              code 'socket(S, 2, 3, 1) or exit 1' && open "made a raw socket\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              PRIVILEGES,
              "listens to all packets of the network",
              """
              code 'socket(S, 17, 3, 768) or exit 1' && open "made a packet socket\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              SYSTEM_CALLS,
              "makes a user namespace",
              """
              command -v unshare >/dev/null || skip "there is no unshare"
              unshare -U true 2>/dev/null && open "made one\""""),
          new EscapeCheck(
              SYSTEM_CALLS,
              "starts a process in a user namespace",
              """
              call 56 220 '0x10000011, 0, 0, 0, 0' && open "started one\""""),
          new EscapeCheck(
              SYSTEM_CALLS,
              "uses the keys that the kernel keeps",
              """
              call 250 219 '0, -4, 1, 0, 0' && open "got a keyring\""""),
          new EscapeCheck(
              SYSTEM_CALLS,
              "adds a key to those that the kernel keeps",
              """
              call 248 217 '"user", "avatar-escape", "x", 1, -1' && open "added one\""""),
          new EscapeCheck(
              SYSTEM_CALLS,
              "runs a program in the kernel",
              """
              call 321 280 '0, pack("L4x112", 2, 4, 4, 1), 128' && open "made a map for one\"""",
              EscapeCheck.ONLY_ROOT),
          new EscapeCheck(
              SYSTEM_CALLS,
              "watches the processor's counters",
              """
              call 298 241 'pack("LLQQQQQQQ", 1, 64, 0, 0, 0, 0, 0x60, 0, 0), 0, -1, -1, 0' \\
                && open "opened one\"""",
              "the kernel may refuse it to users"),
          new EscapeCheck(
              SYSTEM_CALLS,
              "uses queues of the kernel",
              """
              call 425 425 '1, "\\0" x 120' && open "made an io_uring\"""",
              "the kernel may have them switched off"),
          new EscapeCheck(
              SYSTEM_CALLS,
              "handles faults of memory",
              """
              call 323 282 '1' && open "userfaultfd worked\"""",
              "the kernel may refuse it to users"),
          new EscapeCheck(
              SYSTEM_CALLS,
              "uses the ciphers of the kernel",
              """
              code 'socket(S, 38, 5, 0) or exit 1' && open "made such a socket\"""",
              "the kernel may have none"),
          new EscapeCheck(
              SYSTEM_CALLS,
              "speaks to the host of this virtual machine",
              """
              code 'socket(S, 40, 1, 0) or exit 1' && open "made such a socket\"""",
              "the kernel may not know it"));

  private KernelEscapes() {}
}
