package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.queue.ClaimedReports;
import io.numa.avatar.queue.HeldTasks;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.OtherPorts;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.queue.InMemoryTaskQueue;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Workers that share a queue, before a backend that keeps no two avatars from a task. */
abstract class QueueWorkers {
  static final TaskId A = new TaskId("a");
  static final TaskId B = new TaskId("b");
  static final AvatarId ONE = new AvatarId("one");
  static final AvatarId OTHER = new AvatarId("other");
  static final Set<String> ROUTES = Set.of("plan", "prose");
  static final Duration LEASE = Duration.ofSeconds(60);
  static final QueueSettings SETTINGS = new QueueSettings(ROUTES, 5, Duration.ZERO, 8);

  @TempDir Path folder;
  RunWorld world;
  InMemoryTaskQueue queue;
  RunListener listener = RunListener.NONE;

  /** What the last started worker holds. */
  HeldTasks held;

  private final List<AvatarWorker> workers = new ArrayList<>();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.backend.plain();
    queue = new InMemoryTaskQueue(LEASE, world.clock);
  }

  @AfterEach
  void close() {
    workers.forEach(AvatarWorker::close);
  }

  /** Another avatar claims the task; returns its attempt. */
  final AttemptId claimed(TaskId task) throws InterruptedException {
    Delivery delivery = queue.of(OTHER).take(ROUTES, SOON).orElseThrow();
    assertThat(delivery.message().task()).isEqualTo(task);
    AttemptId attempt = AttemptId.random();
    delivery.claim().take(attempt);
    return attempt;
  }

  final void publish(TaskId task) {
    world.addTask(task, "build", task.value());
    queue.publish(task, "plan");
  }

  final void awaitSettled(TaskId task) throws InterruptedException {
    assertThat(queue.await(now -> now.isSettled(task), SOON)).isTrue();
  }

  final void awaitDead(TaskId task, String reason) throws InterruptedException {
    assertThat(queue.await(now -> now.deadReason(task).isPresent(), SOON)).isTrue();
    assertThat(queue.deadReason(task)).contains(reason);
  }

  final AvatarWorker start(AvatarId avatar, int concurrency) {
    return start(avatar, concurrency, new InMemoryJournal());
  }

  final AvatarWorker start(AvatarId avatar, QueueSettings settings, Predicate<String> open) {
    return start(avatar, 1, new InMemoryJournal(), settings, open);
  }

  final AvatarWorker start(AvatarId avatar, int concurrency, Journal journal) {
    return start(avatar, concurrency, journal, SETTINGS, route -> true);
  }

  final AvatarWorker start(
      AvatarId avatar,
      int concurrency,
      Journal journal,
      QueueSettings settings,
      Predicate<String> open) {
    return start(queue.of(avatar), concurrency, journal, settings, open);
  }

  final AvatarWorker start(
      TaskQueue view,
      int concurrency,
      Journal journal,
      QueueSettings settings,
      Predicate<String> open) {
    held = new HeldTasks(view, TimeSource.SYSTEM);
    var reports = new ClaimedReports(held, world.backend, world.backend);
    Ports ports = OtherPorts.reporter(world.ports(), reports).withJournal(journal);
    var limits =
        new WorkerSettings(
            "tasks",
            concurrency,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            OptionalInt.empty(),
            DiskFloor.NONE);
    var worker =
        new AvatarWorker(
            limits,
            TaskIntake.queue(settings, held, open, world.backend),
            world.runner(ports, listener),
            journal,
            world.clock);
    workers.add(worker);
    worker.start();
    return worker;
  }

  static PortException away() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off");
  }
}
