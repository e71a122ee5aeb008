package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveKeysTest {
  @Test
  void namesOnlyKeysAndSectionsThatThereAre() {
    assertThat(LiveKeys.all())
        .allMatch(
            name ->
                ConfigKeys.byPath().containsKey(name) || ConfigKeys.sections().containsKey(name));
    assertThat(ConfigKeys.byPath()).containsKeys(LiveKeys.exceptions().toArray(String[]::new));
  }

  @Test
  void tellsKeysOfASectionFromOthersWithTheSameBeginning() {
    assertThat(LiveKeys.isLive("execution.task_timeout")).isTrue();
    assertThat(LiveKeys.isLive("execution.environment")).isFalse();
    assertThat(LiveKeys.isLive("git.change_request")).isTrue();
    assertThat(LiveKeys.isLive("git.timeout")).isFalse();
  }
}
