package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveLineTest {
  private final LiveLine line = new LiveLine(Samples.task("7", "Count"), Samples.NOON);

  @Test
  void showsStageAndTime() {
    assertThat(line.at(Stage.TEST).lines(Samples.NOON.plusSeconds(65)))
        .containsExactly("  task 7  test  1 min 05 s  Count");
  }

  @Test
  void showsHowFarACloneIs() {
    var progress = new TransferProgress("Receiving objects", 1, OptionalLong.of(4), 12_345_678);

    assertThat(line.at(Stage.CLONE).with(progress).lines(Samples.NOON))
        .containsExactly("  task 7  clone  0.0 s  Receiving objects 25 %  12.3 MB  Count");
  }

  @Test
  void showsNoShareOfAnUnknownOrEmptyTotal() {
    var unknown = new TransferProgress("Counting", 1, OptionalLong.empty(), 10);
    var empty = new TransferProgress("Resolving", 0, OptionalLong.of(0), 10);

    assertThat(line.with(unknown).lines(Samples.NOON).get(0)).contains("  Counting  10 B  ");
    assertThat(line.with(empty).lines(Samples.NOON).get(0)).contains("  Resolving  10 B  ");
  }

  @Test
  void forgetsTheTransferAtTheNextStage() {
    var progress = new TransferProgress("Receiving objects", 1, OptionalLong.of(4), 10);

    assertThat(line.with(progress).at(Stage.DEVELOP).lines(Samples.NOON))
        .containsExactly("  task 7  develop  0.0 s  Count");
  }

  @Test
  void showsWhatAnAgentDoesInASecondLine() {
    LiveLine working =
        line.at(Stage.DEVELOP).with(Samples.AGENT, "-> Edit total.sh\u001b[2J").at(Stage.TEST);

    assertThat(working.lines(Samples.NOON))
        .containsExactly(
            "  task 7  test  0.0 s  Count",
            "    qwen  7 turns, 36.6k tokens, cost 0.13  -> Edit total.sh");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999999, 1.0 MB",
    "12345678, 12.3 MB",
    "5000000000, 5.0 GB",
    "7000000000000000, 7000.0 TB"
  })
  void writesBytesForPeople(long count, String text) {
    assertThat(Bytes.text(count)).isEqualTo(text);
  }
}
