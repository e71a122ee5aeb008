package io.numa.avatar.testkit.contract.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.time.Interrupts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link MessageSource} must pass, for any backend. A subclass creates the
 * adapter under test and the backend behind it.
 */
public abstract class MessageSourceContract {
  /** The source; the same for all of one test. */
  protected abstract MessageSource source();

  /** The backend behind the source; it has a topic called {@code tasks}, and nothing else. */
  protected abstract BackendWorld world();

  @Test
  void findsTheTopicOfTasks() throws InterruptedException {
    assertThat(source().topic("tasks")).isEqualTo(source().topic("tasks"));
  }

  @Test
  void showsEachTaskOnce() throws InterruptedException {
    MessageId first = world().announce(new TaskId("1"));
    MessageId second = world().announce(new TaskId("2"));

    assertThat(poll())
        .containsExactlyInAnyOrder(
            new Announcement(first, new TaskId("1")), new Announcement(second, new TaskId("2")));
  }

  @Test
  void takesNothingByShowingIt() throws InterruptedException {
    world().announce(new TaskId("1"));

    List<TaskMessage> shown = poll();

    assertThat(poll()).isEqualTo(shown).hasSize(1);
  }

  @Test
  void showsNothingWhereNothingIs() throws InterruptedException {
    assertThat(poll()).isEmpty();
  }

  @Test
  void saysThatCredentialsWereRefused() {
    world().refuseCredentials();

    assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(this::poll);
  }

  @Test
  void saysThatABackendOutOfReachMayComeBack() {
    world().goAway();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::poll)
        .returns(true, PortException::retryable);
  }

  @Test
  void asksNothingOnAnInterruptedThread() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::poll);
    assertThat(Interrupts.take()).isFalse();
  }

  final List<TaskMessage> poll() throws InterruptedException {
    return source().poll(source().topic("tasks"), Optional.empty(), Duration.ZERO);
  }
}
