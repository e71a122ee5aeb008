package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class PlainViewTest {
  private final StringWriter printed = new StringWriter();
  private final ManualClock clock = ManualClock.at(Samples.NOON);
  private final PlainView view = new PlainView(new PrintWriter(printed), clock);

  @Test
  void tellsATaskLineByLine() {
    Task task = Samples.task("7", "Count every piece");

    view.began(task, Samples.attempt(task));
    view.entered(task.id(), Stage.CLONE);
    clock.advance(Duration.ofSeconds(75));
    view.ended(task.id(), Samples.DELIVERED);

    assertThat(printed.toString().lines())
        .containsExactly(
            time(0) + " task 7 begins: Count every piece",
            time(0) + " task 7 clone",
            time(75) + " task 7 after 1 min 15 s done, not tested: 0123456789 on dev-7");
  }

  @Test
  void tellsWhatAnAgentUsedAtTheEnd() {
    view.ended(Samples.SEVEN, new TaskOutcome.Delivered(Samples.WORK.withAgent(Samples.AGENT)));

    assertThat(printed.toString().lines())
        .contains(
            time(0)
                + " task 7 by qwen 0.15.10 (qwen3-coder-plus): 7 turns, 12 tools, 4 min 05 s,"
                + " 34.5k tokens in (28.0k cached), 2.1k out, cost 0.13, 1 repair");
  }

  @Test
  void tellsTheEndOfATaskThatNeverBegan() {
    view.ended(Samples.SEVEN, Samples.NOT_OURS);

    assertThat(printed.toString().lines())
        .containsExactly(time(0) + " task 7 dropped: another avatar has it");
  }

  @Test
  void makesControlCharactersHarmless() {
    view.say("a\u001b[31mb\u0007c\u009bd\re");

    assertThat(printed.toString().lines()).containsExactly(time(0) + " abc", "         e");
  }

  @Test
  void keepsLinesOfOneMessage() {
    view.say("first\n\tsecond");

    assertThat(printed.toString().lines()).containsExactly(time(0) + " first", "         \tsecond");
  }

  private static String time(int seconds) {
    return DateTimeFormatter.ofPattern("HH:mm:ss")
        .withZone(ZoneId.systemDefault())
        .format(Samples.NOON.plusSeconds(seconds));
  }
}
