package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A process and all processes that it started, even if they left their parent. Safe for use by
 * several threads: one may end it while another waits for it.
 */
final class ProcessTree {
  /**
   * The time between two searches for descendants, which can be recognised only while their parents
   * live.
   */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final ProcessControl control;
  private final TaggedProcesses marked;
  private final Process main;

  /** Guards {@link #seen}, {@link #marked} and {@link #suspender}. */
  private final Lock lock = new ReentrantLock();

  private final Set<ProcessHandle> seen = new LinkedHashSet<>();
  private final ProcessSuspender suspender = new ProcessSuspender(this::lookTwice);

  ProcessTree(ProcessControl control, TaggedProcesses marked, Process main) {
    this.control = control;
    this.marked = marked;
    this.main = main;
  }

  /** Waits for the first process, and says whether it ended within {@code limit}. */
  boolean awaitExit(Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (!deadline.passed()) {
      Duration step = Durations.shorter(deadline.left(), LOOK_INTERVAL);
      if (main.waitFor(step.toNanos(), NANOSECONDS)) {
        return true;
      }
      if (lock.tryLock()) { // otherwise another thread is ending the process
        try {
          remember();
        } finally {
          lock.unlock();
        }
      }
    }
    return !main.isAlive();
  }

  /**
   * The processor time of all processes, and of those that they started, waited for and lost. Waits
   * while another thread ends the process.
   */
  Duration processorTime() {
    lock.lock();
    try {
      find();
      if (control == ProcessControl.COOKIE) {
        boolean ignored = marked.look(seen::add);
      }
      return seen.stream().map(ProcFs::processorTime).reduce(Duration.ZERO, Duration::plus);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops every process, so that none executes more of its program. Does nothing without {@code
   * /proc}. Ends all processes if they cannot be stopped. An interrupt stays pending.
   */
  void suspend() {
    if (!ProcFs.available()) {
      return;
    }
    lock.lock();
    try {
      if (!suspender.stop()) {
        endAll(Duration.ZERO);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the processes go on that {@link #suspend} stopped. */
  void resume() {
    lock.lock();
    try {
      suspender.goOn();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends every process: sends SIGTERM, waits for {@code grace} at most, and sends SIGKILL. An
   * interruption shortens the grace, and stays pending.
   */
  void end(Duration grace) {
    lock.lock();
    try {
      endAll(grace);
    } finally {
      lock.unlock();
    }
  }

  private void endAll(Duration grace) {
    boolean interrupted = false;
    var ending = new ProcessKiller(this::look, this::listens, looksNeeded());
    if (!ending.living().isEmpty()) {
      try {
        ending.ask(grace);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    interrupted |= ending.kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The number of clean searches needed. When the keeper of a namespace has ended, all processes in
   * it have ended.
   */
  private int looksNeeded() {
    return control == ProcessControl.PID_NAMESPACE ? 1 : ProcessKiller.CLEAN_LOOKS;
  }

  /**
   * Whether to ask a process to end. Not those that keep a namespace from outside: their end would
   * kill the whole namespace at once.
   */
  private boolean listens(ProcessHandle process) {
    return control != ProcessControl.PID_NAMESPACE || ProcFs.inNamespace(process);
  }

  /**
   * Searches parents before their children, as shells print remarks on children that a signal
   * ended.
   */
  private boolean look(Consumer<ProcessHandle> onSight) {
    lookAtSeen(onSight);
    return control != ProcessControl.COOKIE || lookAtMarked(onSight);
  }

  /**
   * Also searches a namespace by the mark, which finds a process while it lives: one may start the
   * next and end before a search for descendants is over.
   */
  private boolean lookTwice(Consumer<ProcessHandle> onSight) {
    lookAtSeen(onSight);
    return lookAtMarked(onSight);
  }

  private void lookAtSeen(Consumer<ProcessHandle> onSight) {
    remember();
    List.copyOf(seen).forEach(onSight);
  }

  private boolean lookAtMarked(Consumer<ProcessHandle> onSight) {
    return marked.look(
        process -> {
          seen.add(process);
          onSight.accept(process);
        });
  }

  /** Adds the descendants, and drops the processes that ended. */
  private void remember() {
    find();
    seen.removeIf(process -> !process.isAlive() || ProcFs.zombie(process));
  }

  /** Adds the descendants, which only living processes have. */
  private void find() {
    if (main.isAlive()) { // the search reads every process of the machine
      seen.add(main.toHandle());
      main.descendants().forEach(seen::add);
    }
  }
}
