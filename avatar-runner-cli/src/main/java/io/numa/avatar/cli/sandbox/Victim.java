package io.numa.avatar.cli.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** A process of another task, which listens at an abstract socket if there is Perl. */
final class Victim implements AutoCloseable {
  /** Waits until the standard input ends. */
  private static final String SCRIPT =
      """
      command -v perl >/dev/null && exec perl -e '
        socket(S, 1, 1, 0) && bind(S, pack("Sxa*", 1, $ENV{ABSTRACT})) && listen(S, 64);
        syswrite(STDOUT, "\\n"); sysread(STDIN, my $byte, 1)'
      echo; read -r line""";

  private final String abstractName;
  private Process process;

  /** Starts it. */
  Victim(String abstractName) throws IOException {
    this.abstractName = abstractName;
    this.process = start(abstractName);
  }

  private static Process start(String abstractName) throws IOException {
    var builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT).redirectError(Redirect.DISCARD);
    builder.environment().put("ABSTRACT", abstractName);
    Process process = builder.start();
    process.inputReader(UTF_8).readLine();
    return process;
  }

  /** The name of its abstract socket. */
  String abstractName() {
    return abstractName;
  }

  long pid() {
    return process.pid();
  }

  /** Whether it was ended since the last call; starts it again. */
  boolean wasEnded() throws IOException {
    if (process.isAlive()) {
      return false;
    }
    process = start(abstractName);
    return true;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
