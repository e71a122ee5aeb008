package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.agent.preset.Presets;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks {@code docs/agents.md} against the program. */
class AgentsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "agents.md");
  private static final Pattern YAML = Pattern.compile("( *)```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void itsConfigurationsLoad() throws IOException {
    List<MatchResult> blocks = YAML.matcher(Files.readString(PAGE)).results().toList();

    assertThat(blocks).hasSize(2);
    assertThat(blocks)
        .allSatisfy(
            block -> {
              String yaml = block.group(2).replaceAll("(?m)^" + block.group(1), "");
              var bench = new Workbench(folder).config(yaml).variable("LLM_KEY", "k3y");
              assertThat(bench.problems()).isEmpty();
              assertThat(bench.load().agents().available()).isNotEmpty();
            });
  }

  @Test
  void namesEveryPresetAndFailure() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(Presets.names()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    assertThat(Arrays.stream(FailureKind.values()).map(FailureKind::word))
        .filteredOn(word -> word.contains("agent"))
        .hasSize(9)
        .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
  }

  @Test
  void tellsTheDefaultLimits() throws IOException {
    AgentLimits limits = AgentLimits.DEFAULTS;

    assertThat(Files.readString(PAGE))
        .contains(
            "| `time` | " + limits.time().toMinutes() + " min |",
            "| `silence` | " + limits.silence().toMinutes() + " min |",
            "| `tool` | " + limits.tool().toMinutes() + " min |",
            "| `startup` | " + limits.startup().toSeconds() + " s |",
            "| `turns` | " + limits.turns().orElseThrow() + " |");
  }
}
