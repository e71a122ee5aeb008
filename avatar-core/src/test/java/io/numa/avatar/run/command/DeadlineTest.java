package io.numa.avatar.run.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private final SetClock clock = new SetClock();
  private final Deadline deadline = new Deadline(clock, Duration.ofSeconds(90));

  @ParameterizedTest
  @CsvSource({"0, 30, 30", "0, 90, 90", "0, 91, 90", "60, 30, 30", "61, 30, 29", "89, 30, 1"})
  void givesTheShorterOfWhatIsWantedAndWhatIsLeft(long passed, long wanted, long given)
      throws StageFailedException {
    clock.now = clock.now.plusSeconds(passed);

    assertThat(deadline.limit(Duration.ofSeconds(wanted))).isEqualTo(Duration.ofSeconds(given));
  }

  @ParameterizedTest
  @ValueSource(longs = {90_000, 90_001, 1_000_000})
  void stopsTheTaskWhenNothingIsLeft(long passed) {
    clock.now = clock.now.plusMillis(passed);

    for (var stopped :
        new StageFailedException[] {
          catchThrowableOfType(StageFailedException.class, deadline::check),
          catchThrowableOfType(
              StageFailedException.class, () -> deadline.limit(Duration.ofSeconds(1)))
        }) {
      assertThat(stopped).hasMessage("the task took longer than 1 min 30 s");
      assertThat(stopped.kind()).isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @Test
  void letsTheTaskGoOnToTheLastMoment() {
    clock.now = clock.now.plusMillis(89_999);

    assertThatCode(deadline::check).doesNotThrowAnyException();
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
