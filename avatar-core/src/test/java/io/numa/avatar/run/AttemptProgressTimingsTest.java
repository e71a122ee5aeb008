package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time spent in each stage, in any order of the stages. */
class AttemptProgressTimingsTest {
  private Instant now = Instant.EPOCH;
  private final AttemptProgress progress =
      new AttemptProgress(new Seconds(), Redactor.of(List.of()));

  @Test
  void saysNothingOfStagesBeforeTheFirst() {
    assertThat(progress.timings()).isEmpty();
  }

  @Test
  void addsUpTheTimeOfStagesThatAreEnteredAgain() {
    enter(Stage.CLONE, 2);
    enter(Stage.TEST, 10);
    enter(Stage.PUSH, 1);
    enter(Stage.TEST, 20);
    enter(Stage.PUSH, 3);

    assertThat(progress.timings()).contains("stages: clone 2.0 s, test 30 s, push 4.0 s");
  }

  private void enter(Stage stage, int seconds) {
    progress.enter(stage);
    now = now.plusSeconds(seconds);
  }

  /** A clock that moves only when a test moves it. */
  private final class Seconds extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
