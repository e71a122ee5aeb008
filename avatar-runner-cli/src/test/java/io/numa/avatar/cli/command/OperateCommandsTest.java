package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.command.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's commands where no avatar has ever run. */
class OperateCommandsTest {
  @TempDir Path folder;

  private Result run(String... words) throws Exception {
    Path config = folder.resolve("config.yaml");
    if (!Files.exists(config)) {
      Files.writeString(
          config,
          "avatar: {state_dir: %s, log_dir: %s}".formatted(state(), folder.resolve("logs")));
    }
    Object[] all = new Object[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--config";
    all[words.length + 1] = config;
    return new Shell().run(all);
  }

  private Path state() {
    return folder.resolve("state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "drain", "cancel 7", "retry 7", "say 7 faster"})
  void ordersNeedARunningAvatar(String words) throws Exception {
    Result result = run(words.split(" "));

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).isEqualTo("no avatar is running; start it with 'avatar run'\n");
    assertThat(state()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "why", "tasks", "task 7", "log 7", "gc", "gc --dry-run"})
  void readingNeedsAJournalAndMakesNone(String words) throws Exception {
    Result result = run(words.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(state().toString());
    assertThat(state()).doesNotExist();
  }
}
