package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A level of process control, and the words to put before a command to have it.
 *
 * @param prefix ends where the absolute path of the command's program is to follow
 */
record Containment(ProcessControl control, List<String> prefix) {
  private static final List<Path> TOOL_FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));
  private static final int PROBE_CODE = 7;

  /**
   * The namespace's first process. The command is not it, as signals without a handler do not reach
   * the first process, and somebody has to reap what others leave.
   *
   * <p>The namespace ends with it, so it waits for what the command left running: 0.4 s, after
   * which it asks that to end; as long as it takes, if it was itself asked to end. What the shell
   * has to say of a command ended by a signal is thrown away.
   *
   * <p>Some shells (dash) drop variables whose names are not of letters, digits and {@code _}.
   */
  private static final String FIRST_PROCESS =
      """
      exec 2>/dev/null
      trap asked=1 TERM
      (exec "$@" 2>&1)
      code=$?
      left=8
      while set -- /proc/[0-9]*; [ $# -gt 1 ] && [ $left -gt 0 ]; do
        [ "$asked" ] || left=$((left - 1))
        sleep 0.05
      done
      [ $# -eq 1 ] || { kill -TERM -1; sleep 0.2; }
      exit $code
      """;

  private static final List<String> INIT = List.of("/bin/sh", "-c", FIRST_PROCESS, "init");

  private static final List<String> NAMESPACE =
      List.of("--pid", "--fork", "--kill-child", "--mount-proc");

  Containment {
    prefix = List.copyOf(prefix);
  }

  /** Gives the strongest level that this system allows, {@code limit} at most. */
  static Containment strongest(ProcessControl limit) {
    List<String> session = tool("setsid").map(List::of).orElse(List.of());
    if (limit == ProcessControl.DESCENDANTS || !ProcFs.available()) {
      return new Containment(ProcessControl.DESCENDANTS, session);
    }
    var cookie = new Containment(ProcessControl.COOKIE, session);
    return limit == ProcessControl.COOKIE
        ? cookie
        : namespaces(session).filter(Containment::works).findFirst().orElse(cookie);
  }

  /** As root no user namespace is needed; for anybody else it is what makes the others allowed. */
  private static Stream<Containment> namespaces(List<String> session) {
    return tool("unshare").stream()
        .flatMap(
            unshare ->
                Stream.of(List.of(unshare), List.of(unshare, "--user", "--map-current-user")))
        .map(
            unshare ->
                new Containment(
                    ProcessControl.PID_NAMESPACE,
                    Stream.of(session, unshare, NAMESPACE, List.of("--"), INIT)
                        .flatMap(List::stream)
                        .toList()));
  }

  /** Runs a shell in the namespace that must find itself alone there, and pass its exit code on. */
  private boolean works() {
    var probe =
        wrap(List.of("/bin/sh", "-c", "test -d /proc/1 && test $$ -lt 9 && exit " + PROBE_CODE));
    try {
      var process =
          new ProcessBuilder(probe)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(5, SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == PROBE_CODE;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> wrap(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  private static Optional<String> tool(String name) {
    return TOOL_FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
