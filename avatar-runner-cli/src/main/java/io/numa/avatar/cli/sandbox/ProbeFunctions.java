package io.numa.avatar.cli.sandbox;

import java.util.Locale;

/** The functions that probes may call. */
final class ProbeFunctions {
  /**
   * Text for {@code sh}.
   *
   * <ul>
   *   <li>{@code open WORDS}: the probe got out
   *   <li>{@code skip WORDS}: the way cannot be tried here
   *   <li>{@code reads FILE…}: open if one of them has the mark
   *   <li>{@code changes FILE…}: writes to them, of which the arena finds the traces
   *   <li>{@code adds FOLDER}: open if a file can be added that is not only in memory
   *   <li>{@code awaits FILE}: waits for at most 5 s until the file is there
   *   <li>{@code code PERL [X86_64 AARCH64]}: runs Perl, with one of the numbers of a system call
   *       in the variable {@code NUMBER}; succeeds as the code does
   *   <li>{@code call X86_64 AARCH64 ARGUMENTS}: succeeds if the system call with that number does;
   *       the arguments are Perl's
   *   <li>{@code connects HOST}: open if the arena's port is reached there
   * </ul>
   */
  static final String TEXT =
      String.format(
          Locale.ROOT,
          """
          open() { printf '%%s\\n' "$*"; exit %d; }
          skip() { printf '%%s\\n' "$*"; exit %d; }
          reads() { for file; do grep -qs "$MARK" "$file" && open "read $file"; done; }
          changes() { for file; do (echo changed >"$file") 2>/dev/null; done; }
          adds() {
            (: >"$1/avatar-escape-check") 2>/dev/null || return 0
            rm -f "$1/avatar-escape-check"
            [ "$(stat -f -c %%T "$1" 2>/dev/null)" = tmpfs ] || open "wrote to $1"
          }
          awaits() {
            tries=0
            until [ -e "$1" ] || [ $tries -ge 100 ]; do sleep 0.05; tries=$((tries + 1)); done
          }
          code() {
            command -v perl >/dev/null || skip "there is no perl"
            case $(uname -m) in x86_64) number=$2 ;; aarch64) number=$3 ;; *) number= ;; esac
            [ -n "$number" ] || [ -z "$2" ] || skip "the system call's number is not known"
            NUMBER=$number perl -e "use Errno; $1" 2>/dev/null
          }
          call() { code "my @a = ($3); exit(syscall(\\$ENV{NUMBER} + 0, @a) < 0)" "$1" "$2"; }
          connects() {
            command -v bash >/dev/null || skip "there is no bash"
            HOST=$1 bash -c 'exec 3<>"/dev/tcp/$HOST/$HOST_PORT"' 2>/dev/null && open "reached $1"
          }
          """,
          EscapeCheck.OPEN,
          EscapeCheck.SKIPPED);

  private ProbeFunctions() {}
}
