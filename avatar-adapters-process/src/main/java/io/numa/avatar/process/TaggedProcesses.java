package io.numa.avatar.process;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes of this machine whose program started with a mark in its environment, in this PID
 * namespace and those below it; never this process and its ancestors. Not thread-safe.
 *
 * <p>Only root can read the environments of other users' processes.
 */
final class TaggedProcesses implements ProcessKiller.Search {
  /**
   * How often, and how far down from the newest process, to look once more after a doubtful look.
   */
  private static final int CHASES = 20;

  private static final int CHASED = 4;

  private final String mark;
  private final Set<Long> ourselves = new HashSet<>();
  private final boolean onOurselves;

  /** The processes whose environment was empty in the last look, as a kernel thread's is. */
  private Set<ProcessHandle> blank = Set.of();

  /**
   * @param mark where one variable begins, or a part of what follows from there
   */
  TaggedProcesses(String mark) {
    this.mark = mark;
    this.onOurselves = ProcFs.environment(ProcessHandle.current()).filter(this::bears).isPresent();
    Stream.iterate(
            Optional.of(ProcessHandle.current()),
            Optional::isPresent,
            process -> process.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .map(ProcessHandle::pid)
        .forEach(ourselves::add);
  }

  /**
   * Goes from the newest process to the oldest, to catch the living end of a chain of processes
   * each of which starts the next. The look is not sure where a process was gone before its
   * environment was read, or had none as it was about to become another program: that may have been
   * the end of a chain, which is then chased for some milliseconds.
   */
  @Override
  public boolean look(Consumer<ProcessHandle> onSight) {
    boolean sure = true;
    var newBlank = new HashSet<ProcessHandle>();
    for (long pid : ProcFs.newestFirst()) {
      if (!ourselves.contains(pid)) {
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
    // The newest number may be one of our own threads, by which we would be found, too.
    for (int i = 0; i < CHASES && !onOurselves; i++) {
      long newest = ProcFs.newest();
      for (long pid = newest; pid > newest - CHASED; pid--) {
        boolean ignored = look(pid, new HashSet<>(), onSight);
      }
    }
  }

  /** Looks at one process, and says whether it could be judged. */
  private boolean look(long pid, Set<ProcessHandle> newBlank, Consumer<ProcessHandle> onSight) {
    // The handle is taken first: it remembers when the process started, so that a process
    // which gets the same number later is not taken for the one whose environment was read.
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    Optional<String> environment = process.flatMap(ProcFs::environment);
    if (environment.isEmpty()) {
      // Another user's, where it still lives.
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
