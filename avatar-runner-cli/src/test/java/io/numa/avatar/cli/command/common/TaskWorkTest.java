package io.numa.avatar.cli.command.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.Step;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;

class TaskWorkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Count every piece | Count every piece | count-every-piece",
        "Zähle: alle Stücke! | Zähle: alle Stücke! | zähle-alle-stücke",
        "??? | ??? | prompt",
        "A basket with two apples and three pears shows two pieces, but it should show five of them"
            + " | A basket with two apples and three pears shows two pieces, but it …"
            + " | a-basket-with-two-apples-and-three-pears"
      })
  void givesAPromptATitleAndAName(String prompt, String title, String name) {
    TaskWork.Content content = read("--prompt", prompt + "\n\nMore words.", "");

    assertThat(content.title()).isEqualTo(title);
    assertThat(content.name()).isEqualTo(name);
    assertThat(content.steps())
        .isEqualTo(DevelopmentPlan.of(Step.Agent.of(prompt + "\n\nMore words.")));
  }

  @Test
  void readsAPromptFromTheStandardInput() {
    assertThat(read("--prompt", "-", "Count every piece\n").steps())
        .isEqualTo(DevelopmentPlan.of(Step.Agent.of("Count every piece")));
  }

  private static TaskWork.Content read(String option, String value, String input) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(option, value);
    return holder.work.read(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private static final class Holder {
    @ArgGroup(multiplicity = "1")
    private TaskWork work = new TaskWork();
  }
}
