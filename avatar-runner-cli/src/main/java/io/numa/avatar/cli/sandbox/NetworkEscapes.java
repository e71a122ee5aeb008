package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.EGRESS;
import static io.numa.avatar.process.sandbox.Guarantee.LOOPBACK;
import static io.numa.avatar.process.sandbox.Guarantee.NETWORK;

import java.util.List;

/** Ways to the network of this machine. */
final class NetworkEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              LOOPBACK,
              "reaches a port of 127.0.0.1",
              """
              connects 127.0.0.1"""),
          new EscapeCheck(
              LOOPBACK,
              "reaches a port of ::1",
              """
              connects ::1""",
              "the machine may have no IPv6"),
          new EscapeCheck(
              LOOPBACK,
              "reaches a port of this machine by its name",
              """
              connects localhost"""),
          new EscapeCheck(
              LOOPBACK,
              "sends a datagram to 127.0.0.1",
              """
              command -v bash >/dev/null || skip "there is no bash"
              bash -c 'echo >"/dev/udp/127.0.0.1/$HOST_UDP_PORT"' 2>/dev/null"""),
          new EscapeCheck(
              LOOPBACK,
              "sees the abstract sockets of this machine",
              """
              grep -qs "$ABSTRACT" /proc/net/unix && open "saw them\"""",
              "perl may be missing"),
          new EscapeCheck(
              LOOPBACK,
              "connects to an abstract socket of this machine",
              """
              code 'socket(S, 1, 1, 0) && connect(S, pack("Sxa*", 1, $ENV{ABSTRACT})) or exit 1' \\
                && open "connected to one\""""),
          new EscapeCheck(
              NETWORK,
              "has the network of this machine",
              """
              [ "$(readlink /proc/self/ns/net)" = "$HOST_NET" ] && open "it is the machine's\""""),
          new EscapeCheck(
              NETWORK,
              "has a network card",
              """
              [ "$(grep -c : /proc/net/dev)" -gt 1 ] && open "saw it\"""",
              "the machine may have none"),
          new EscapeCheck(
              NETWORK,
              "has a route to other networks",
              """
              [ "$(grep -c . /proc/net/route)" -gt 1 ] && open "saw it\"""",
              "the machine may have none"),
          new EscapeCheck(
              NETWORK,
              "reaches the addresses of this machine",
              """
              [ -n "$HOST_ADDRESSES" ] || skip "there is none"
              for address in $HOST_ADDRESSES; do
                connects "$address"
              done"""),
          new EscapeCheck(
              EGRESS,
              "reaches this machine through the way out",
              """
              command -v bash >/dev/null || skip "there is no bash"
              proxy=${http_proxy:-} && proxy=${proxy#*//} && proxy=${proxy%/}
              if [ -z "$proxy" ]; then
                connects localhost
              else
                for host in 127.0.0.1 localhost "[::1]" 2130706433 127.1 0.0.0.0 "$HOST_NODE" \\
                  $HOST_ADDRESSES; do
                  answer=$(HOST=$host PROXY=${proxy%:*}/${proxy##*:} bash -c '
                    exec 3<>"/dev/tcp/$PROXY" && printf "CONNECT $HOST:$HOST_PORT HTTP/1.1\\r\\n\\r\\n" >&3
                    read -r -t 5 line <&3; echo "$line"' 2>/dev/null)
                  case "$answer" in *" 200 "*) open "$host" ;; esac
                done
              fi"""));

  private NetworkEscapes() {}
}
