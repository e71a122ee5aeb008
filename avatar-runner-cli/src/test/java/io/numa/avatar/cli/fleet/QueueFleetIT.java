package io.numa.avatar.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.nats.NatsPublisher;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.testkit.server.AttemptLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests avatars that share a queue, while some are killed and paused and the queue's server is
 * restarted, before a backend that keeps no two avatars from a task: 3 avatars and 20 tasks, or 8
 * and 2,000 with {@code -Psoak}. {@code -Dendurance.seed=N} repeats the moments of a run.
 */
@Execution(ExecutionMode.CONCURRENT)
class QueueFleetIT {
  private static final int AVATARS = Fleet.SOAK ? 8 : 3;
  private static final int TASKS = Fleet.SOAK ? 2000 : 20;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(Fleet.SOAK ? 60 : 4);

  @TempDir Path folder;
  private Fleet fleet;
  @RegisterExtension final NatsServerExtension nats = new NatsServerExtension();
  private NatsPublisher publisher;
  private final List<AvatarHome> homes = new ArrayList<>();
  private final List<AvatarProcess> avatars = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    fleet = new Fleet(folder.resolve("fleet"));
    fleet.backend.plain();
    publisher = new NatsPublisher(NatsSettings.of(nats.url(), "numa", new AvatarId("publisher")));
    for (int number = 0; number < AVATARS; number++) {
      homes.add(home("avatar-" + number));
      avatars.add(homes.get(number).start());
    }
  }

  private AvatarHome home(String id) throws IOException {
    return Fleet.noting(AvatarHome.make(fleet.folder(id), fleet.backend.url()))
        .set("avatar.id", id)
        .set("avatar.concurrency", 2)
        .set("execution.max_attempts", 100)
        .set("queue.url", nats.url())
        .set("queue.backend", "numa")
        .set("queue.ack_wait", LEASE.toSeconds() + "s")
        .set("queue.max_attempts", 1000)
        .set("queue.limits.per_repository", 8);
  }

  @AfterEach
  void end() {
    avatars.forEach(AvatarProcess::close);
    publisher.close();
    fleet.close();
  }

  @Test
  void endEachTaskOnceWithOneCommit(TestReporter reporter) throws Exception {
    long seed = Long.getLong("endurance.seed", new Random().nextLong());
    reporter.publishEntry("endurance.seed", String.valueOf(seed));
    var random = new Random(seed);
    int[] tasks = IntStream.rangeClosed(1, TASKS).toArray();
    for (int task : tasks) {
      publish(task);
    }

    disturb(tasks, random);

    for (int task : tasks) {
      assertThat(fleet.lastWord(task))
          .as("%s", fleet.backend.statusesWritten(task))
          .contains("done");
    }
    for (AvatarProcess avatar : avatars) {
      avatar.terminate();
      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }
    for (int task : tasks) {
      fleet.assertDelivered(task);
      assertEndedOnce(task);
      assertLogsHaveNoGap(task);
    }
  }

  private void publish(int task) throws Exception {
    fleet.announce(task, "echo one; sleep 0.2; echo two");
    byte[] body = ("{\"task_id\":" + task + "}").getBytes(UTF_8);
    Fleet.await("task " + task + " to be published", LIMIT, () -> isPublished(task, body));
  }

  /** The avatars start at the same time, and may leave the publisher no processor for a while. */
  private boolean isPublished(int task, byte[] body) throws InterruptedException {
    try {
      publisher.publish(new TaskId("" + task), "plan", body, "first-" + task);
      return true;
    } catch (PortException e) {
      if (!e.retryable()) {
        throw e;
      }
      return false;
    }
  }

  /** The first avatar sleeps once beyond its lease; the others are killed all the time. */
  private void disturb(int[] tasks, Random random) throws Exception {
    pauseOneBeyondItsLease();
    restartServer(random);
    boolean again = true;
    for (long ended = ended(tasks); ended < tasks.length; ended = ended(tasks)) {
      if (again && ended * 2 >= tasks.length) {
        again = false;
        restartServer(random);
      }
      killOne(1 + random.nextInt(AVATARS - 1));
      rest(500 + random.nextInt(2500));
    }
  }

  private void pauseOneBeyondItsLease() throws Exception {
    avatars.get(0).awaitOutput("is waiting for tasks");
    Fleet.await("the first task to end", LIMIT, () -> fleet.hasEnded(1));
    avatars.get(0).pause();
    rest(LEASE.toMillis() * 3 / 2);
    avatars.get(0).resume();
  }

  private void restartServer(Random random) throws Exception {
    if (random.nextBoolean()) {
      nats.server().kill();
    } else {
      nats.server().stop();
    }
    rest(500);
    nats.server().start();
  }

  private void killOne(int number) throws Exception {
    avatars.get(number).kill();
    avatars.set(number, homes.get(number).start());
  }

  private static void rest(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, MILLISECONDS);
  }

  private long ended(int[] tasks) {
    return IntStream.of(tasks).filter(fleet::hasEnded).count();
  }

  /**
   * A plain backend also takes a last word that was on its way while its avatar slept or was
   * killed; no last word may differ from the others, or be followed by another status.
   */
  private void assertEndedOnce(int task) {
    List<String> words = fleet.backend.statuses(task);
    assertThat(words.subList(words.indexOf("done"), words.size()))
        .as("last words of task %s", task)
        .containsOnly("done")
        .hasSizeLessThan(3);
  }

  /** An attempt that another avatar has taken over may lack its end at the backend. */
  private void assertLogsHaveNoGap(int task) throws IOException {
    for (AttemptLog log : fleet.backend.logs(task)) {
      String written = written(task, log.attempt());
      assertThat(written)
          .as("log of task %s, attempt %s", task, log.attempt())
          .startsWith(fleet.backend.log(task, log.attempt()));
    }
  }

  private String written(int task, String attempt) throws IOException {
    for (AvatarHome home : homes) {
      Path file = home.logDir().resolve("" + task).resolve(attempt + ".log");
      if (Files.exists(file)) {
        return Files.readString(file);
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      throw new AssertionError("no log of attempt " + attempt + " in " + all.toList());
    }
  }
}
