package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command's process and all that it started, wherever they went. For one thread. */
final class ProcessTree {
  private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

  /** How often to look for descendants, which can be recognised only while their parents live. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  /** How long to go on killing; what is alive then hangs in the kernel or is another user's. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /**
   * One look may miss a process that was just forked, or is about to become another program and has
   * no environment to be read; the pause between two looks is longer than that takes.
   */
  private static final int CLEAN_LOOKS = 2;

  private final ProcessControl control;
  private final String cookie;
  private final Process main;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  ProcessTree(ProcessControl control, String cookie, Process main) {
    this.control = control;
    this.cookie = cookie;
    this.main = main;
  }

  /** What the processes print, standard error too. */
  InputStream output() {
    return main.getInputStream();
  }

  /** The exit code of the command's own process, which must have ended. */
  int exitCode() {
    return main.exitValue();
  }

  /** Waits for the command's own process, and says whether it ended within {@code limit}. */
  boolean awaitExit(Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (!deadline.passed()) {
      Duration left = deadline.left();
      var step = left.compareTo(LOOK_INTERVAL) < 0 ? left : LOOK_INTERVAL;
      if (main.waitFor(step.toNanos(), NANOSECONDS)) {
        return true;
      }
      remember();
    }
    return !main.isAlive();
  }

  /** Ends the command's own process at once; the rest is left to {@link #end}. */
  void kill() {
    main.toHandle().destroyForcibly();
  }

  /**
   * Ends every process: asks first, waits for {@code grace} at most, and kills. An interruption
   * shortens the grace, and is kept.
   */
  void end(Duration grace) {
    boolean interrupted = false;
    if (!living().isEmpty()) {
      try {
        ask(grace);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    interrupted |= killAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Duration grace) throws InterruptedException {
    var deadline = Deadline.in(grace);
    // Not Process.destroy(), which closes the output too and loses the last words.
    living().stream().filter(this::listens).forEach(ProcessHandle::destroy);
    while (!living().isEmpty() && !deadline.passed()) {
      Deadline.pause();
    }
  }

  /** Kills until nothing is found, and says whether it was interrupted meanwhile. */
  private boolean killAll() {
    boolean interrupted = false;
    var deadline = Deadline.in(KILL_LIMIT);
    int cleanLooks = 0;
    while (true) {
      Set<ProcessHandle> living = living();
      cleanLooks = living.isEmpty() ? cleanLooks + 1 : 0;
      if (cleanLooks == looksNeeded()) {
        break;
      }
      if (deadline.passed()) {
        log.warn("Could not end the processes {}; end them by hand", pids(living));
        break;
      }
      living.forEach(ProcessHandle::destroyForcibly);
      try {
        Deadline.pause();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  /** With a namespace's keeper, all in it has ended. */
  private int looksNeeded() {
    return control == ProcessControl.PID_NAMESPACE ? 1 : CLEAN_LOOKS;
  }

  /** The namespace's keeper would take the namespace with it at once. */
  private boolean listens(ProcessHandle process) {
    return control != ProcessControl.PID_NAMESPACE || process.pid() != main.pid();
  }

  private static String pids(Set<ProcessHandle> processes) {
    return processes.stream().map(ProcessHandle::pid).toList().toString();
  }

  /** Gives the processes that can be found now. */
  private Set<ProcessHandle> living() {
    if (control == ProcessControl.COOKIE) {
      seen.addAll(ProcFs.withVariable(ChildEnvironment.COOKIE + "=" + cookie));
    }
    remember();
    return new LinkedHashSet<>(seen);
  }

  /** Notes the descendants, and forgets whatever has ended. */
  private void remember() {
    seen.add(main.toHandle());
    main.descendants().forEach(seen::add);
    seen.removeIf(process -> !process.isAlive() || ProcFs.zombie(process));
  }
}
