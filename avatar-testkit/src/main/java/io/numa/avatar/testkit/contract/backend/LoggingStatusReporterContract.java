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
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The further tests that a {@link io.numa.avatar.port.StatusReporter} must pass if its backend
 * keeps logs, and every status with its details.
 */
public abstract class LoggingStatusReporterContract extends StatusReporterContract {
  @Test
  void tellsWhatHappenedInTheOrderItHappened() throws InterruptedException {
    reporter().report(attempt, begun(1));
    reporter().append(attempt, new LogChunk(0, "grüße\n"));
    reporter().append(attempt, new LogChunk(8, "登录 🚀\n"));
    reporter().report(attempt, done(2));

    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS", "grüße\n", "登录 🚀\n", "DONE");
  }

  @Test
  void tellsTextThatItSaysTwice() {
    assertThatCode(
            () -> {
              reporter().report(attempt, begun(1));
              reporter().report(attempt, begun(1));
              reporter().append(attempt, new LogChunk(0, "line\n"));
              reporter().append(attempt, new LogChunk(0, "line\n"));
            })
        .doesNotThrowAnyException();
    assertThat(world().story(TASK)).contains("IN_PROGRESS", "line\n");
  }

  @Test
  void sendsNothingAboutATaskThatDoesNotExist() {
    Assumptions.assumeTrue(knowsTasks());
    var stranger = Attempt.of(new TaskId("99"));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> reporter().append(stranger, new LogChunk(0, "line\n")));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> reporter().renew(stranger, begun(1), 1));
  }

  @Test
  void saysThatCredentialsForLogsAndRenewalsWereRefused() {
    world().refuseCredentials();

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> reporter().append(attempt, new LogChunk(0, "line\n")));
    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> reporter().renew(attempt, begun(1), 1));
  }

  @Test
  void saysThatARenewalMaySucceedLater() {
    world().goAway();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> reporter().renew(attempt, begun(1), 1))
        .returns(true, PortException::retryable);
  }
}
