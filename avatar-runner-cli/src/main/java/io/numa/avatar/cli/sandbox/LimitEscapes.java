package io.numa.avatar.cli.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.LIMITS;
import static io.numa.avatar.process.sandbox.Guarantee.MEMORY;
import static io.numa.avatar.process.sandbox.Guarantee.PROCESS_COUNT;

import java.util.List;

/** Ways to use more than the limits. */
final class LimitEscapes {
  static final List<EscapeCheck> ALL =
      List.of(
          new EscapeCheck(
              LIMITS,
              "writes files of any size",
              """
              [ "$(ulimit -f)" = unlimited ] && open "there is no limit\""""),
          new EscapeCheck(
              LIMITS,
              "raises a limit",
              """
              (ulimit -f unlimited) 2>/dev/null && open "it could\""""),
          new EscapeCheck(
              LIMITS,
              "uses any amount of memory in one process",
              """
              [ "$(ulimit -d)" = unlimited ] && open "there is no limit\""""),
          new EscapeCheck(
              LIMITS,
              "writes its memory to a disk when it breaks",
              """
              [ "$(ulimit -H -c)" = 0 ] || open "there is no limit\""""),
          new EscapeCheck(
              MEMORY,
              "uses more memory than the limit in several processes",
              """
              limit=$(ulimit -d)
              [ "$limit" = unlimited ] && open "there is no limit"
              [ "$limit" -le 262144 ] || skip "the limit is too large to be tried"
              AMOUNT=$((limit * 600)) code '
                for (1 .. 3) {
                  pipe(READ, WRITE); my $child = fork;
                  if (!$child) { vec(my $bytes, $ENV{AMOUNT}, 8) = 1; syswrite(WRITE, "x"); sleep 9 }
                  close(WRITE); push @children, $child; $got += sysread(READ, my $byte, 1);
                }
                kill 9, @children; exit($got < 3)' && open "used 1.8 times the limit\""""),
          new EscapeCheck(
              PROCESS_COUNT,
              "starts more processes than the limit",
              """
              limit=$(grep -s "Max processes" /proc/self/limits) || skip "there is no /proc"
              limit=${limit#Max processes} && limit=${limit#"${limit%%[! ]*}"} && limit=${limit%% *}
              [ "$limit" = unlimited ] && open "there is no limit"
              [ "$limit" -le 1024 ] || open "there may be $limit"
              LIMIT=$limit code '
                for (0 .. $ENV{LIMIT}) { my $child = fork; defined $child or last;
                  if (!$child) { sleep 9; exit } push @children, $child }
                kill 9, @children; exit(@children <= $ENV{LIMIT})' && open "started more than $limit\""""));

  private LimitEscapes() {}
}
