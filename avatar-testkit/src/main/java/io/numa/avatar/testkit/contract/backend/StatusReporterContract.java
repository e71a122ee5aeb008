package io.numa.avatar.testkit.contract.backend;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.time.Interrupts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link StatusReporter} must pass, for any backend. A subclass creates the
 * adapter under test and the backend behind it.
 */
public abstract class StatusReporterContract {
  static final TaskId TASK = new TaskId("123");

  final Attempt attempt = Attempt.of(TASK);

  /** The reporter; the same for all of one test. */
  protected abstract StatusReporter reporter();

  /** The backend behind the reporter. */
  protected abstract BackendWorld world();

  /** Whether the backend refuses reports about tasks that do not exist. */
  protected boolean knowsTasks() {
    return true;
  }

  @BeforeEach
  void addTask() {
    world().addTask(Samples.task(TASK.value()));
  }

  @Test
  void tellsTheFirstAndTheLastStatus() throws InterruptedException {
    reporter().report(attempt, begun(1));
    reporter().append(attempt, new LogChunk(0, "line\n"));
    reporter().report(attempt, done(2));

    assertThat(world().story(TASK)).startsWith("IN_PROGRESS").endsWith("DONE");
  }

  @Test
  void maySayTheSameTwice() {
    assertThatCode(
            () -> {
              reporter().report(attempt, begun(1));
              reporter().report(attempt, begun(1));
              reporter().append(attempt, new LogChunk(0, "line\n"));
              reporter().append(attempt, new LogChunk(0, "line\n"));
            })
        .doesNotThrowAnyException();
    assertThat(world().story(TASK)).contains("IN_PROGRESS");
  }

  @Test
  void getsNoLeaseFromABackendThatGrantsNone() throws InterruptedException {
    assertThat(reporter().report(attempt, begun(1))).isEmpty();
  }

  @Test
  void mayRenewWhatIsNoLease() throws InterruptedException {
    reporter().report(attempt, begun(1));

    assertThat(reporter().renew(attempt, begun(1), 1)).isEmpty();
  }

  @Test
  void findsNoTaskThatDoesNotExist() {
    Assumptions.assumeTrue(knowsTasks());
    var stranger = Attempt.of(new TaskId("99"));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> reporter().report(stranger, begun(1)))
        .withMessageContaining("task 99");
  }

  @Test
  void saysThatCredentialsWereRefused() {
    world().refuseCredentials();

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> reporter().report(attempt, begun(1)));
  }

  @Test
  void saysThatABackendOutOfReachMayComeBack() {
    world().goAway();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> reporter().report(attempt, begun(1)))
        .returns(true, PortException::retryable);
  }

  @Test
  void tellsNothingOnAnInterruptedThread() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> reporter().report(attempt, begun(1)));
    assertThat(Interrupts.take()).isFalse();
  }
}
