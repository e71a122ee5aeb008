package io.numa.avatar.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests bridges that poll, each on a thread. */
class TaskBridgeTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final int LIMIT = 20;

  private final Clock clock = TimeSource.SYSTEM.clock();
  private final InMemoryBackend backend = new InMemoryBackend();
  private final InMemoryBridgedQueue queue = new InMemoryBridgedQueue(clock);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<TaskBridge> bridges = new ArrayList<>();

  @AfterEach
  void close() {
    bridges.forEach(TaskBridge::stop);
    threads.shutdownNow();
  }

  private void begin() {
    assertThat(start()).isNotDone();
  }

  private Future<Void> start() {
    var settings = new BridgeSettings("tasks", INTERVAL, Duration.ofMillis(200));
    var bridge = new TaskBridge(settings, backend, backend, queue, clock);
    bridges.add(bridge);
    return threads.submit(
        () -> {
          bridge.run();
          return null;
        });
  }

  private void announce(String id) {
    backend.addTask(Samples.bareTask(id));
    backend.announce(new TaskId(id));
  }

  private String next() throws InterruptedException {
    return String.valueOf(queue.added.poll(LIMIT, SECONDS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void publishesEachTaskOnce(boolean plain) throws Exception {
    if (plain) {
      backend.plain();
    }
    announce("1");
    backend.announceUnreadably("it is a list");
    announce("任务 2");
    begin();
    begin();
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("1 prose 1", "任务 2 prose 1");
    announce("3");
    assertThat(next()).isEqualTo("3 prose 1");
    int polls = backend.calls(Call.POLL);
    backend.awaitCalls(polls + 6, Call.POLL, Duration.ofSeconds(LIMIT));

    assertThat(queue.log()).hasSize(3);
  }

  @Test
  void publishesATaskAgainThatWasSetBack() throws Exception {
    backend.plain();
    announce("1");
    begin();
    assertThat(next()).isEqualTo("1 prose 1");
    backend.addTask(Samples.bareTask("1").withState(TaskState.FAILED));
    queue.settle(new TaskId("1"));
    int looks = backend.calls(Call.TASK);
    backend.awaitCalls(looks + 2, Call.TASK, Duration.ofSeconds(LIMIT));
    backend.addTask(Samples.bareTask("1"));

    assertThat(next()).isEqualTo("1 prose 2");
  }

  @Test
  void goesOnAfterAnOutage() throws Exception {
    announce("1");
    backend.failNext(Call.TOPIC, new OutageException("away", null));
    backend.failNext(Call.TASK, new OutageException("away", null));
    begin();

    assertThat(next()).isEqualTo("1 prose 1");
  }

  @Test
  void isNotHeldUpByATaskThatIsNotThere() throws Exception {
    backend.announce(new TaskId("99"));
    announce("1");
    begin();

    assertThat(next()).isEqualTo("1 prose 1");
  }

  @Test
  void endsWhenItIsStopped() throws Exception {
    Future<Void> running = start();
    backend.awaitCalls(2, Call.POLL, Duration.ofSeconds(LIMIT));
    bridges.forEach(TaskBridge::stop);

    assertThat(running.get(LIMIT, SECONDS)).isNull();
  }

  @Test
  void endsWhenItsCredentialsAreRefused() throws Exception {
    backend.failAlways(Call.POLL, new UnauthorizedException("could not poll: refused"));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> start().get(LIMIT, SECONDS))
        .withCauseInstanceOf(UnauthorizedException.class);
  }
}
