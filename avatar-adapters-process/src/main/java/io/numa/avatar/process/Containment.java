package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.process.sandbox.FirstProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A level of process control, and the words to put before a command to get that level.
 *
 * @param enter the words that separate the command from the avatar
 * @param first the words that start the first process of its namespace; empty where it gets none
 */
record Containment(ProcessControl control, List<String> enter, List<String> first) {
  static final List<Path> TOOL_FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));
  private static final int PROBE_CODE = 7;

  /** A line of shell with an exit code that no failure has. */
  static final String PROBE = "exit " + PROBE_CODE;

  private static final List<String> UNSHARED =
      List.of("--pid", "--fork", "--kill-child", "--mount-proc");

  /** Changes nothing but the view of processes. As root, bubblewrap uses no user namespace. */
  private static final List<String> WRAPPED =
      List.of("--dev-bind / / --unshare-pid --proc /proc --as-pid-1 --die-with-parent".split(" "));

  Containment {
    enter = List.copyOf(enter);
    first = List.copyOf(first);
  }

  /**
   * Returns the strongest level that this system allows, {@code limit} at most.
   *
   * @param tools the folders where the programs are that give control of processes
   */
  static Containment strongest(ProcessControl limit, List<Path> tools) {
    List<String> session = Stream.concat(mortal(tools), tool("setsid", tools)).toList();
    if (limit == ProcessControl.DESCENDANTS || !ProcFs.available()) {
      return new Containment(ProcessControl.DESCENDANTS, session, List.of());
    }
    var cookie = new Containment(ProcessControl.COOKIE, session, List.of());
    return limit == ProcessControl.COOKIE
        ? cookie
        : namespaces(session, tools).filter(Containment::works).findFirst().orElse(cookie);
  }

  /**
   * The words that make the kernel kill a command when the thread that started it ends, at the
   * latest with the JVM. The setting survives {@code setsid} and the start of a namespace, for root
   * and other users (Linux 6.18, util-linux 2.38); {@code --kill-child} passes it on into a
   * namespace. Without a namespace, the kernel kills only the command's own process, and not a
   * set-user-ID program.
   */
  private static Stream<String> mortal(List<Path> tools) {
    var words =
        tool("setpriv", tools)
            .flatMap(setpriv -> Stream.of(setpriv, "--pdeathsig", "KILL"))
            .toList();
    boolean works = !words.isEmpty() && works(join(words, List.of("/bin/sh", "-c", PROBE)));
    return works ? words.stream() : Stream.empty();
  }

  /**
   * The ways to a PID namespace. Root needs no user namespace; other users can make a PID namespace
   * only inside one.
   */
  private static Stream<Containment> namespaces(List<String> session, List<Path> tools) {
    var ways =
        Stream.concat(
            tool("unshare", tools)
                .flatMap(
                    unshare ->
                        Stream.of(
                            join(List.of(unshare), UNSHARED),
                            join(List.of(unshare, "--user", "--map-current-user"), UNSHARED))),
            tool("bwrap", tools).map(bwrap -> join(List.of(bwrap), WRAPPED)));
    return ways.map(
        way ->
            new Containment(ProcessControl.PID_NAMESPACE, join(session, way), FirstProcess.WORDS));
  }

  /** Whether a shell started this way sees only the namespace's processes. */
  private boolean works() {
    return works(wrap(List.of("/bin/sh", "-c", "test -d /proc/1 && test $$ -lt 9 && " + PROBE)));
  }

  /** Runs a command that ends with {@link #PROBE}, and checks that its exit code is passed on. */
  static boolean works(List<String> probe) {
    try {
      var process =
          new ProcessBuilder(probe)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return ends(process) && process.exitValue() == PROBE_CODE;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean ends(Process process) throws InterruptedException {
    try {
      return process.waitFor(5, SECONDS);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether bubblewrap makes the namespace. */
  boolean wrapped() {
    return Collections.indexOfSubList(enter, WRAPPED) >= 0;
  }

  /**
   * @param command begins with the absolute path of its program
   */
  List<String> wrap(List<String> command) {
    return first.isEmpty()
        ? join(enter, command)
        : join(join(enter, List.of("--")), join(first, command));
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The path of a program, if one of the folders has it. */
  static Stream<String> tool(String name, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .limit(1);
  }
}
