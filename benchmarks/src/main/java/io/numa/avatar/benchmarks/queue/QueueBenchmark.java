package io.numa.avatar.benchmarks.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.nats.NatsPublisher;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.queue.NatsServer;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Measures how many tasks that wait for two seconds one avatar and eight avatars do, on a queue and
 * on a polled topic, and how long a task waits for an avatar that is free.
 */
public final class QueueBenchmark {
  private static final int CREW = 8;
  private static final int TASKS_EACH = 6;
  private static final int SECONDS = 2;
  private static final int LOOKS = 100;

  private final Path folder;
  private final String command;

  private QueueBenchmark(Path folder, String command) {
    this.folder = folder;
    this.command = command;
  }

  /** Takes an existing folder, and the command of the avatar. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, TimeoutException {
    new QueueBenchmark(Path.of(arguments[0]).toRealPath(), arguments[1]).run();
    System.exit(0); // The servers' threads would keep the process.
  }

  private void run() throws IOException, InterruptedException, TimeoutException {
    System.out.println("| | one avatar, tasks/s | eight avatars, tasks/s | ratio |");
    System.out.println("|---|---:|---:|---:|");
    report("queue", true);
    report("topic", false);
    System.out.println("\nFrom the publication of a task to the look-up by a free avatar, ms:");
    latency();
  }

  private void report(String name, boolean queue)
      throws IOException, InterruptedException, TimeoutException {
    double one = tasksPerSecond(name + "-1", queue, 1);
    double eight = tasksPerSecond(name + "-8", queue, CREW);
    System.out.println(
        String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.1f |", name, one, eight, eight / one));
  }

  private double tasksPerSecond(String name, boolean queue, int size)
      throws IOException, InterruptedException, TimeoutException {
    Path home = Files.createDirectories(folder.resolve(name));
    try (var server = NatsServer.start(home);
        var publisher = publisher(server);
        var crew = Crew.start(home, command, size, address(server, queue))) {
      warmUp(crew, publisher, queue, size);
      List<Integer> tasks = new ArrayList<>();
      for (int number = 0; number < size * TASKS_EACH; number++) {
        tasks.add(crew.add(SECONDS));
      }
      long begin = TimeSource.SYSTEM.nanoTime();
      for (int task : tasks) {
        give(crew, publisher, queue, task);
      }
      for (int task : tasks) {
        crew.awaitDone(task);
      }
      return tasks.size() / (TimeSource.SYSTEM.since(begin).toMillis() / 1e3);
    }
  }

  /** Each avatar clones the repository once. */
  private static void warmUp(Crew crew, NatsPublisher publisher, boolean queue, int size)
      throws InterruptedException, TimeoutException {
    List<Integer> tasks = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      tasks.add(crew.add(SECONDS));
      give(crew, publisher, queue, tasks.get(number));
    }
    for (int task : tasks) {
      crew.awaitDone(task);
    }
  }

  private static void give(Crew crew, NatsPublisher publisher, boolean queue, int task)
      throws InterruptedException {
    if (queue) {
      publisher.publish(
          new TaskId(String.valueOf(task)),
          "plan",
          ("{\"task_id\":" + task + "}").getBytes(UTF_8),
          "task-" + task);
    } else {
      crew.announce(task);
    }
  }

  private void latency() throws IOException, InterruptedException, TimeoutException {
    Path home = Files.createDirectories(folder.resolve("latency"));
    List<Long> nanos = new ArrayList<>();
    try (var server = NatsServer.start(home);
        var publisher = publisher(server);
        var crew = Crew.start(home, command, 1, address(server, true))) {
      warmUp(crew, publisher, true, 5);
      for (int number = 0; number < LOOKS; number++) {
        int task = crew.add(0);
        long begin = TimeSource.SYSTEM.nanoTime();
        give(crew, publisher, true, task);
        crew.awaitLook(task);
        nanos.add(TimeSource.SYSTEM.since(begin).toNanos());
        crew.awaitDone(task);
        Background.pause(Duration.ofMillis(100));
      }
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    System.out.println(
        String.format(
            Locale.ROOT,
            "p50 %.1f, p99 %.1f, most %.1f",
            sorted.get(LOOKS / 2) / 1e6,
            sorted.get(LOOKS * 99 / 100) / 1e6,
            sorted.get(LOOKS - 1) / 1e6));
  }

  private static Optional<String> address(NatsServer server, boolean queue) {
    return queue ? Optional.of(server.url().toString()) : Optional.empty();
  }

  private static NatsPublisher publisher(NatsServer server) {
    return new NatsPublisher(NatsSettings.of(server.url(), "numa", new AvatarId("publisher")));
  }
}
