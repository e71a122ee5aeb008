package io.numa.avatar.testkit;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The tasks and applications of a backend, and the reports about each task. Not thread-safe. */
final class InMemoryTasks {
  private final LongSupplier time;
  private final Map<TaskId, Supplier<Task>> tasks = new HashMap<>();
  private final Map<TaskId, InMemoryTaskLedger> ledgers = new HashMap<>();
  private final Map<ApplicationId, Application> applications = new HashMap<>();

  /**
   * @param time measures the leases
   */
  InMemoryTasks(LongSupplier time) {
    this.time = time;
  }

  void add(Application application) {
    applications.put(application.id(), application);
  }

  void add(Task task) {
    InMemoryTaskLedger ledger = open(task.id(), task.state());
    tasks.put(task.id(), () -> task.withState(ledger.state()));
  }

  /** Adds a task with errors, which cannot be worked on. */
  void addUnfit(TaskId id, TaskState state, List<String> problems) {
    InMemoryTaskLedger ledger = open(id, state);
    tasks.put(
        id,
        () -> {
          throw new InvalidTaskException(id, ledger.state(), problems);
        });
  }

  private InMemoryTaskLedger open(TaskId id, TaskState state) {
    var ledger = new InMemoryTaskLedger(state, time);
    ledgers.put(id, ledger);
    return ledger;
  }

  Task task(TaskId id) {
    known(id, "read task");
    return Objects.requireNonNull(tasks.get(id)).get();
  }

  Application application(ApplicationId id) {
    Application application = applications.get(id);
    if (application == null) {
      throw missing("read application " + id);
    }
    return application;
  }

  /** The ledger of a task that a caller of a port names. */
  InMemoryTaskLedger known(TaskId task, String action) {
    InMemoryTaskLedger ledger = ledgers.get(task);
    if (ledger == null) {
      throw missing(action + " " + task);
    }
    return ledger;
  }

  /** The ledger of a task that the test names. */
  InMemoryTaskLedger ledger(TaskId task) {
    InMemoryTaskLedger ledger = ledgers.get(task);
    if (ledger == null) {
      throw new IllegalArgumentException("no task " + task);
    }
    return ledger;
  }

  private static NotFoundException missing(String action) {
    return new NotFoundException("could not " + action + ": there is none");
  }
}
