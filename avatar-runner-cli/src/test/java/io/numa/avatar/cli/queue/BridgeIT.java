package io.numa.avatar.cli.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.Main;
import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.nats.NatsBridge;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import io.numa.avatar.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests two bridges before one backend, one of which is killed and starts again, with 24 tasks;
 * with 400 by {@code -Psoak}.
 */
@Execution(ExecutionMode.CONCURRENT)
class BridgeIT {
  private static final int TASKS = Boolean.getBoolean("soak") ? 200 : 12;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofSeconds(2);

  @TempDir Path folder;
  @RegisterExtension final NatsServerExtension nats = new NatsServerExtension();
  private final List<AvatarProcess> bridges = new ArrayList<>();

  @AfterEach
  void end() {
    bridges.forEach(AvatarProcess::close);
  }

  private AvatarHome home(String name, URI backend) throws Exception {
    return AvatarHome.make(folder.resolve(name), backend)
        .set("queue.url", nats.url())
        .set("queue.backend", "numa");
  }

  private AvatarProcess bridge(AvatarHome home) throws Exception {
    AvatarProcess bridge = home.start(Main.class, List.of("bridge"));
    bridges.add(bridge);
    return bridge;
  }

  private NatsQueue queue() {
    return new NatsQueue(settings(), TimeSource.SYSTEM);
  }

  private NatsSettings settings() {
    return NatsSettings.of(nats.url(), "numa", new AvatarId("avatar_001"));
  }

  /** Takes tasks as an avatar does until none comes for a while; returns their ids. */
  private List<String> takeAll(NatsQueue queue, int atLeast, IntConsumer end) throws Exception {
    List<String> taken = new ArrayList<>();
    boolean more = true;
    while (more) {
      Duration wait = taken.size() < atLeast ? LIMIT : QUIET;
      var delivery = queue.take(Set.of("plan", "prose"), wait);
      more = delivery.isPresent();
      if (more) {
        taken.add(ended(delivery.get(), end));
      }
    }
    return taken;
  }

  private static String ended(Delivery delivery, IntConsumer end) throws InterruptedException {
    String id = delivery.message().task().value();
    delivery.claim().take(AttemptId.random());
    end.accept(Integer.parseInt(id));
    delivery.settle();
    return id;
  }

  private interface NewTask {
    void add(int id);
  }

  private void assertEachIsPublishedOnce(
      AvatarHome one, AvatarHome other, NewTask tasks, IntConsumer end, IntConsumer again)
      throws Exception {
    for (int id = 1; id <= TASKS; id++) {
      tasks.add(id);
    }
    AvatarProcess killed = bridge(one);
    AvatarProcess lasting = bridge(other);
    try (var queue = queue()) {
      killed.awaitOutput("The bridge publishes tasks");
      lasting.awaitOutput("Bridging topic"); // Either of them may publish all tasks.
      killed.kill();
      killed = bridge(one);
      List<String> taken = takeAll(queue, TASKS, end);
      for (int id = TASKS + 1; id <= 2 * TASKS; id++) {
        tasks.add(id);
      }
      taken.addAll(takeAll(queue, TASKS, end));
      assertThat(taken).doesNotHaveDuplicates().hasSize(2 * TASKS);

      awaitSeenDone("3");
      again.accept(3);
      assertThat(takeAll(queue, 1, end)).containsExactly("3");
    }
    for (AvatarProcess bridge : List.of(killed, lasting)) {
      bridge.terminate();
      assertThat(bridge.await()).as(bridge.console()).isEqualTo(143);
    }
  }

  /** A task that is set back before that is published again only after minutes. */
  private void awaitSeenDone(String task) throws Exception {
    var pause = new CountDownLatch(1);
    try (var bridged = new NatsBridge(settings())) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (bridged.find(new TaskId(task)).orElseThrow().state() != TaskState.DONE) {
        assertThat(System.nanoTime()).as("waits for the bridges").isLessThan(end);
        pause.await(50, MILLISECONDS);
      }
    }
  }

  @Test
  void publishesEachTaskOfAPlainBackendOnce() throws Exception {
    try (var backend = NumaBackend.start().plain()) {
      NewTask task = id -> backend.addTask(id, fields(id, "todo"));
      assertEachIsPublishedOnce(
          home("one", backend.url()),
          home("other", backend.url()),
          id -> {
            task.add(id);
            backend.announce(id);
          },
          id -> backend.addTask(id, fields(id, "done")),
          task::add);
    }
  }

  @Test
  void publishesEachTaskOfThePublicBackendOnce() throws Exception {
    try (var backend = NumaV1Backend.start()) {
      assertEachIsPublishedOnce(
          home("one", backend.url()),
          home("other", backend.url()),
          id -> backend.addTask(id, fields(id, "todo")),
          id -> backend.edit(id, "status", "done"),
          id -> backend.edit(id, "status", "todo"));
    }
  }

  private static Map<String, Object> fields(int id, String status) {
    return Map.of(
        "title",
        "Task " + id,
        "description",
        "Do it.",
        "status",
        status,
        "application_id",
        1,
        "development_plan",
        "version: 1\nsteps: [{write: {path: a, content: b}}]\n");
  }
}
