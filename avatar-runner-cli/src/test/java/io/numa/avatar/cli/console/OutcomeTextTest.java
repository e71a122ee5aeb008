package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import org.junit.jupiter.api.Test;

class OutcomeTextTest {
  @Test
  void deliveryNamesCommitAndBranch() {
    assertThat(OutcomeText.of(Samples.DELIVERED))
        .isEqualTo("done, not tested: 0123456789 on dev-7");
  }

  @Test
  void deliveryOfNothingSaysSo() {
    assertThat(OutcomeText.of(new TaskOutcome.Delivered(WorkSummary.NOTHING_YET)))
        .isEqualTo("done, not tested: no commit");
  }

  @Test
  void failuresNameTheirStage() {
    assertThat(OutcomeText.of(Samples.FAILED)).isEqualTo("failed at test: 2 tests failed");
    assertThat(OutcomeText.of(Samples.UNAVAILABLE)).isEqualTo("failed at clone: no route to host");
  }

  @Test
  void cancelledAndForeignTasksSayWhy() {
    assertThat(OutcomeText.of(Samples.CANCELLED)).isEqualTo("cancelled: the avatar stops");
    assertThat(OutcomeText.of(Samples.NOT_OURS)).isEqualTo("dropped: another avatar has it");
  }
}
