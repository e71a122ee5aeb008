package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.http.BreakerSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what a backend receives that fails at random in many ways at the same time. The seed is
 * fixed; the order of the threads is not.
 */
final class SickBackendTest {
  private static final int TASKS = 6;
  private static final int BATCHES = 120;
  private static final Map<Fault, Double> ALL_ILLS =
      Map.of(
          Fault.status(503),
          0.25,
          Fault.status(429, "Retry-After", "3600"),
          0.01,
          Fault.status(503, "Retry-After", "Sat, 03 Jan 2026 03:04:05 GMT"),
          0.01,
          new Fault.HangsUp(),
          0.1,
          new Fault.LosesTheAnswer(),
          0.1,
          Fault.htmlPage(),
          0.05,
          new Fault.Stalls(Duration.ofSeconds(60)),
          0.005);
  private static final RetrySettings RETRIES =
      new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(100));
  private static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));

  /** The time for three tries and the pauses before them, with a margin for a busy machine. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

  private final NumaBackend backend = NumaBackend.start();
  private final HttpBackend http =
      new HttpBackend(
          Backends.settings(backend.url())
              .withRetries(RETRIES)
              .withLimits(LIMITS)
              .withBreaker(new BreakerSettings(6, Duration.ofMillis(10), Duration.ofMillis(40))),
          Backends.CLOCK);
  private final ExecutorService threads = Executors.newFixedThreadPool(TASKS + 1);
  private final AtomicLong longest = new AtomicLong();

  SickBackendTest() throws IOException {}

  @AfterEach
  void close() {
    threads.shutdownNow();
    http.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void getsEverythingInOrder(boolean plain) throws Exception {
    addTasks();
    if (plain) {
      backend.plain();
    } else {
      backend.withLease(Duration.ofMinutes(10)).takingGzip(true);
    }
    backend.misbehaveAtRandom(20261123, ALL_ILLS);
    var over = new AtomicBoolean();
    Future<Integer> polls = threads.submit(() -> poll(over));

    deliverAll();

    over.set(true);
    assertThat(polls.get(60, SECONDS)).isPositive();
    assertThatAllHasArrived();
    assertThat(Duration.ofNanos(longest.get())).isLessThan(LONGEST_CALL);
    assertThat(backend.requests()).hasSizeGreaterThan(TASKS * BATCHES * 3 / 2);
  }

  @Test
  void getsEverythingAfterAnOutage() throws Exception {
    addTasks();
    var done = new ArrayList<Future<?>>();
    for (int task = 1; task <= TASKS; task++) {
      done.add(deliver(task));
    }
    backend.awaitRequests(20 * TASKS, "/logs", Duration.ofSeconds(60));

    backend.outage();
    new Waiter().pause(Duration.ofMillis(500));
    backend.recover();

    for (Future<?> one : done) {
      one.get(120, SECONDS);
    }
    assertThatAllHasArrived();
    assertThat(Duration.ofNanos(longest.get())).isLessThan(LONGEST_CALL);
  }

  @Test
  void getsStatusesAndRenewalsAsEverWhileLogsStall() throws Exception {
    addTasks();
    backend.withLease(Duration.ofMinutes(10));
    backend.misbehaveAtRandom(1, "/logs", Map.of(new Fault.Stalls(Duration.ofSeconds(60)), 1.0));
    var stuck = new ArrayList<Future<?>>();
    for (int task = 1; task <= TASKS; task++) {
      stuck.add(deliver(task));
    }
    backend.awaitRequests(TASKS, "/logs", Duration.ofSeconds(30));

    Attempt attempt = Attempt.of(new TaskId("extra"));
    backend.addTask("extra", fields());
    var lease = http.statuses().report(attempt, Updates.started(1)).orElseThrow();
    for (int count = 1; count <= 50; count++) {
      assertThat(http.statuses().renew(attempt.withLease(lease), Updates.started(1), count))
          .isPresent();
    }
    assertThat(http.tasks().task(attempt.task()).state()).isEqualTo(TaskState.IN_PROGRESS);

    assertThat(stuck).noneMatch(Future::isDone);
    assertThat(backend.renewals("extra")).isEqualTo(50);
  }

  private void addTasks() {
    for (int task = 1; task <= TASKS; task++) {
      backend.addTask(task, fields());
      backend.announce(task);
    }
  }

  private static Map<String, Object> fields() {
    return Map.of("title", "One", "application_id", 7, "description", "Do it.");
  }

  private void deliverAll() throws Exception {
    List<Future<?>> done = new ArrayList<>();
    for (int task = 1; task <= TASKS; task++) {
      done.add(deliver(task));
    }
    for (Future<?> one : done) {
      one.get(120, SECONDS);
    }
  }

  private Future<?> deliver(int task) {
    return threads.submit(
        () -> {
          deliver(Attempt.of(new TaskId(String.valueOf(task))));
          return true;
        });
  }

  private void deliver(Attempt first) throws InterruptedException {
    StatusReporter reporter = http.statuses();
    var lease = insist(() -> reporter.report(first, Updates.started(1)));
    Attempt attempt = lease.map(first::withLease).orElse(first);
    long offset = 0;
    for (int i = 0; i < BATCHES; i++) {
      var chunk = new LogChunk(offset, batch(i));
      insist(
          () -> {
            reporter.append(attempt, chunk);
            return true;
          });
      offset = chunk.end();
      if (lease.isPresent() && i % 10 == 0) {
        int count = i;
        insist(() -> reporter.renew(attempt, Updates.started(1), count));
      }
    }
    insist(
        () -> reporter.report(attempt, Updates.ended(2, TaskState.DONE, WorkSummary.NOTHING_YET)));
  }

  private static String batch(int number) {
    return ("batch " + number + " – grüße\n").repeat(1 + number % 7 * 30);
  }

  private int poll(AtomicBoolean over) throws InterruptedException {
    int polls = 0;
    while (!over.get()) {
      insist(() -> http.messages().poll(new TopicId("1"), Optional.empty(), Duration.ZERO));
      polls++;
    }
    return polls;
  }

  private interface Call<T> {
    T make() throws InterruptedException;
  }

  private <T> T insist(Call<T> call) throws InterruptedException {
    var waiter = new Waiter();
    while (true) {
      long start = System.nanoTime();
      try {
        return call.make();
      } catch (PortException e) {
        assertThat(e).returns(true, PortException::retryable);
      } finally {
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
      }
      waiter.pause(Duration.ofMillis(5));
    }
  }

  private void assertThatAllHasArrived() {
    assertThat(backend.violations()).isEmpty();
    StringBuilder expected = new StringBuilder();
    IntStream.range(0, BATCHES).forEach(i -> expected.append(batch(i)));
    for (int task = 1; task <= TASKS; task++) {
      String attempt = backend.logs(task).get(0).attempt();
      assertThat(backend.log(task, attempt)).isEqualTo(expected.toString());
      assertThat(backend.statuses(task)).startsWith("in_progress").endsWith("done");
    }
  }
}
