package io.numa.avatar.process;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes of this machine that bear a mark in the environment their program started with, in
 * whatever PID namespace below ours; never this one and those it descends from. For one thread.
 *
 * <p>The environments of other users' processes cannot be read, unless by root.
 */
final class Marked implements Ending.Search {
  private final String mark;
  private final Set<Long> ourselves = new HashSet<>();

  /** Those whose environment was empty in the last look, as a kernel thread's is. */
  private Set<ProcessHandle> blank = Set.of();

  /**
   * @param mark where one variable begins, or a part of what follows from there
   */
  Marked(String mark) {
    this.mark = mark;
    Stream.iterate(
            Optional.of(ProcessHandle.current()),
            Optional::isPresent,
            process -> process.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .map(ProcessHandle::pid)
        .forEach(ourselves::add);
  }

  /**
   * Goes from the newest process to the oldest, so that a chain of processes of which each starts
   * the next is caught by its living end. Is not sure where one was gone before its environment was
   * read, or had none as it was about to become another program: that may have been such an end.
   */
  @Override
  public boolean look(Consumer<ProcessHandle> onSight) {
    boolean sure = true;
    var newBlank = new HashSet<ProcessHandle>();
    for (long pid : ProcFs.newestFirst()) {
      if (ourselves.contains(pid)) {
        continue;
      }
      // The handle is taken first: it remembers when the process started, so that a process
      // which gets the same number later is not taken for the one whose environment was read.
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      Optional<String> environment = process.flatMap(ProcFs::environment);
      if (environment.isEmpty()) {
        sure &= process.isPresent() && process.get().isAlive();
      } else if (environment.get().isEmpty()) {
        newBlank.add(process.orElseThrow());
      } else if (('\0' + environment.get()).contains('\0' + mark)) {
        onSight.accept(process.orElseThrow());
      }
    }
    sure &= blank.containsAll(newBlank);
    blank = newBlank;
    return sure;
  }
}
