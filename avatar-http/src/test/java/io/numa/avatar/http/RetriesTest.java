package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetriesTest {
  private final TransientException away =
      new TransientException(FailureKind.UNAVAILABLE, "could not read: away");

  private final Deque<PortException> failures = new ArrayDeque<>();
  private final Retries retries =
      new Retries(
          new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5)));

  @Test
  void triesAgainWhatMaySucceed() throws InterruptedException {
    failures.addAll(List.of(away, away));

    assertThat(retries.call(this::answer)).isEqualTo("answer");
  }

  @Test
  void saysHowOftenItHasTried() {
    failures.addAll(List.of(away, away, away, away));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> retries.call(this::answer))
        .withMessage("could not read: away (tried 3 times)")
        .returns(FailureKind.UNAVAILABLE, PortException::kind);
    assertThat(failures).hasSize(1);
  }

  @Test
  void doesNotTryAgainWhatCannotSucceed() {
    var refused = new PortException(FailureKind.INTERNAL, "could not read: refused");
    failures.add(refused);

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> retries.call(this::answer))
        .isSameAs(refused);
  }

  @Test
  void believesNoLongerPauseThanItsSettingsSay() throws InterruptedException {
    failures.add(
        new TransientException(FailureKind.UNAVAILABLE, "away", true, Duration.ofHours(1), null));

    assertThat(retries.call(this::answer)).isEqualTo("answer");
  }

  @Test
  void endsWithAnInterrupt() {
    failures.add(away);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> retries.call(this::answer))
        .withCause(away);
    assertThat(Thread.interrupted()).isFalse();
  }

  private String answer() {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    return "answer";
  }
}
