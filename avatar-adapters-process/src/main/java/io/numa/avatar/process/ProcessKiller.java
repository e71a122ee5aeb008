package io.numa.avatar.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes. Searches repeatedly, as the processes may start others meanwhile. */
final class ProcessKiller {
  private static final Logger log = LoggerFactory.getLogger(ProcessKiller.class);

  /**
   * One search may miss a process that was just forked, or one that is executing another program
   * and has no readable environment at that moment. The pause between two searches is longer than
   * either state lasts.
   */
  static final int CLEAN_LOOKS = 2;

  /**
   * How long to repeat the kill. A process that lives longer hangs in the kernel or belongs to
   * another user.
   */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /** How long to search while nothing is found and no search is certain. */
  static final Duration DOUBT_LIMIT = Duration.ofMillis(250);

  private final Search search;
  private final Predicate<ProcessHandle> listens;
  private final int cleanLooks;

  /**
   * @param listens whether to ask a process to end before it is killed
   * @param cleanLooks how many searches in a row must find nothing
   */
  ProcessKiller(Search search, Predicate<ProcessHandle> listens, int cleanLooks) {
    this.search = search;
    this.listens = listens;
    this.cleanLooks = cleanLooks;
  }

  /** Finds the processes to end. */
  interface Search {
    /**
     * Gives each living process to {@code onSight} as soon as it is found.
     *
     * @return whether the search was certain to find every process that lived during all of it
     */
    boolean look(Consumer<ProcessHandle> onSight);
  }

  /**
   * Asks all processes to end, lets stopped ones go on, as they could not hear of it, and waits for
   * their end, {@code grace} at most.
   */
  void ask(Duration grace) throws InterruptedException {
    var deadline = Deadline.in(grace);
    // Not Process.destroy(), which also closes the output, so that the last output is lost.
    Set<ProcessHandle> asked = living();
    asked.stream().filter(listens).forEach(ProcessHandle::destroy);
    // One that waits for its child to execute a program stops when that is over.
    asked.removeIf(ProcFs::runs);
    ProcessSuspender.goOn(asked);
    while (!living().isEmpty() && !deadline.passed()) {
      Deadline.pause();
    }
  }

  /** Kills until nothing is found, and says whether it was interrupted meanwhile. */
  boolean kill() {
    boolean interrupted = false;
    var limit = Deadline.in(KILL_LIMIT);
    var doubt = Deadline.in(DOUBT_LIMIT);
    var found = new LinkedHashSet<ProcessHandle>();
    int clean = 0;
    while (true) {
      found.clear();
      // Kills on sight, as a process may start the next one and end before a later kill.
      boolean sure = search.look(process -> killOnSight(process, found));
      clean = found.isEmpty() ? clean + 1 : 0;
      if (clean == 0) {
        doubt = Deadline.in(DOUBT_LIMIT);
      }
      if (clean >= cleanLooks && (sure || doubt.passed())) {
        break;
      }
      if (limit.passed()) {
        log.warn("Could not end the processes {}; end them by hand", pids(found));
        break;
      }
      try {
        Deadline.pause();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  Set<ProcessHandle> living() {
    var living = new LinkedHashSet<ProcessHandle>();
    boolean ignored = search.look(living::add);
    return living;
  }

  private static void killOnSight(ProcessHandle process, Set<ProcessHandle> found) {
    boolean ignored = process.destroyForcibly();
    found.add(process);
  }

  private static String pids(Set<ProcessHandle> processes) {
    return processes.stream().map(ProcessHandle::pid).toList().toString();
  }
}
