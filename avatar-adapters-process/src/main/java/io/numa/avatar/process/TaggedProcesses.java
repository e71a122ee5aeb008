package io.numa.avatar.process;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine whose program started with a mark in its environment, in this PID
 * namespace and those below it; never this process and its ancestors. Not thread-safe.
 *
 * <p>Only root can read the environments of other users' processes.
 */
final class TaggedProcesses implements ProcessKiller.Search {
  /** How often to look again after an uncertain search, and at how many of the newest processes. */
  private static final int CHASES = 20;

  private static final int CHASED = 4;

  private final String mark;
  private @Nullable Ourselves ourselves;

  /** The processes whose environment was empty in the last search, such as kernel threads. */
  private Set<ProcessHandle> blank = Set.of();

  /**
   * This process.
   *
   * @param numbers its own, and those of its ancestors
   * @param bear whether it bears the mark
   */
  private record Ourselves(Set<Long> numbers, boolean bear) {}

  /**
   * @param mark the beginning of a variable with its value
   */
  TaggedProcesses(String mark) {
    this.mark = mark;
  }

  /** Looked up late, as most processes end in a namespace and are never searched for. */
  private Ourselves ourselves() {
    Ourselves known = ourselves;
    if (known == null) {
      var numbers = new HashSet<Long>();
      Stream.iterate(
              Optional.of(ProcessHandle.current()),
              Optional::isPresent,
              process -> process.flatMap(ProcessHandle::parent))
          .flatMap(Optional::stream)
          .map(ProcessHandle::pid)
          .forEach(numbers::add);
      known =
          new Ourselves(
              numbers, ProcFs.environment(ProcessHandle.current()).filter(this::bears).isPresent());
      ourselves = known;
    }
    return known;
  }

  /**
   * Searches from the newest process to the oldest, to find the last process of a chain in which
   * each process starts the next and ends. The search is uncertain if a process ended before its
   * environment was read, or had none because it was executing another program. It may have been
   * the last of such a chain, so the newest processes are then searched again for some
   * milliseconds.
   */
  @Override
  public boolean look(Consumer<ProcessHandle> onSight) {
    boolean sure = true;
    var newBlank = new HashSet<ProcessHandle>();
    for (long pid : ProcFs.newestFirst()) {
      if (!ourselves().numbers().contains(pid)) {
        sure &= look(pid, newBlank, onSight);
      }
    }
    sure &= blank.containsAll(newBlank);
    blank = newBlank;
    if (!sure) {
      chase(onSight);
    }
    return sure;
  }

  private void chase(Consumer<ProcessHandle> onSight) {
    // The newest number may be a thread of this JVM, and the search would find this JVM itself.
    for (int i = 0; i < CHASES && !ourselves().bear(); i++) {
      long newest = ProcFs.newest();
      for (long pid = newest; pid > newest - CHASED; pid--) {
        boolean ignored = look(pid, new HashSet<>(), onSight);
      }
    }
  }

  /** Looks at one process, and says whether its environment could be read. */
  private boolean look(long pid, Set<ProcessHandle> newBlank, Consumer<ProcessHandle> onSight) {
    // The handle is taken first: it remembers when the process started, so that a process
    // which gets the same number later is not taken for the one whose environment was read.
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    Optional<String> environment = process.flatMap(ProcFs::environment);
    if (environment.isEmpty()) {
      // A process that still lives belongs to another user.
      return process.isPresent() && process.get().isAlive();
    }
    if (environment.get().isEmpty()) {
      newBlank.add(process.orElseThrow());
    } else if (bears(environment.get())) {
      onSight.accept(process.orElseThrow());
    }
    return true;
  }

  private boolean bears(String environment) {
    return ('\0' + environment).contains('\0' + mark);
  }
}
