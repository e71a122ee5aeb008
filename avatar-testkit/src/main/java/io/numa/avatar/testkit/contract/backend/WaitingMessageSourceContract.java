package io.numa.avatar.testkit.contract.backend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * The further tests that a {@link MessageSource} must pass if its backend can wait for new messages
 * and skip old ones.
 */
public abstract class WaitingMessageSourceContract extends OrderedMessageSourceContract {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void showsOnlyWhatCameAfter() throws InterruptedException {
    MessageId first = world().announce(new TaskId("1"));
    MessageId second = world().announce(new TaskId("2"));

    assertThat(pollAfter(Optional.of(first), Duration.ZERO))
        .containsExactly(new Announcement(second, new TaskId("2")));
  }

  @Test
  void showsAMessageAsSoonAsItComes() throws Exception {
    var poll = new FutureTask<>(() -> pollAfter(Optional.empty(), LONG));
    start(poll);
    world().awaitPoll();

    MessageId message = world().announce(new TaskId("1"));

    assertThat(poll.get(10, SECONDS)).containsExactly(new Announcement(message, new TaskId("1")));
  }

  @Test
  void endsTheWaitEmptyHanded() throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();

    assertThat(pollAfter(Optional.empty(), Duration.ofSeconds(1))).isEmpty();

    assertThat(TimeSource.SYSTEM.nanoTime() - start).isGreaterThan(SECONDS.toNanos(1) * 9 / 10);
  }

  @Test
  void endsTheWaitWhenItIsInterrupted() throws Exception {
    var poll = new FutureTask<>(() -> pollAfter(Optional.empty(), LONG));
    Thread thread = start(poll);
    world().awaitPoll();

    thread.interrupt();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> poll.get(10, SECONDS))
        .withCauseInstanceOf(InterruptedException.class);
  }

  private List<TaskMessage> pollAfter(Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    return source().poll(source().topic("tasks"), after, wait);
  }

  private static Thread start(Runnable work) {
    var thread = new Thread(work, "poll");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
