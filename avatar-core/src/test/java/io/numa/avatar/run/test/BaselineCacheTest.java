package io.numa.avatar.run.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.TreeId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineCacheTest {
  private static final BaselineFailures ONE = new BaselineFailures(1, List.of("a"), 1);

  private final BaselineCache baselineCache = new BaselineCache();

  @Test
  void knowsARunByItsFilesAndItsCommand() {
    baselineCache.remember(key(1, "make"), ONE);

    assertThat(baselineCache.find(key(1, "make"))).contains(ONE);
    assertThat(baselineCache.find(key(2, "make"))).isEmpty();
    assertThat(baselineCache.find(key(1, "make test"))).isEmpty();
    assertThat(baselineCache.find(detected("make"))).isEmpty();
  }

  @Test
  void knowsWhichOfSeveralProjectsWereTested() {
    baselineCache.remember(detected("cd a && make"), ONE);

    assertThat(baselineCache.find(detected("cd a && make"))).contains(ONE);
    assertThat(baselineCache.find(detected("cd b && make"))).isEmpty();
  }

  @Test
  void forgetsWhatWasUsedLongestAgo() {
    for (int i = 0; i < 100; i++) {
      baselineCache.remember(key(i, "make"), ONE);
    }
    baselineCache.find(key(0, "make"));
    baselineCache.remember(key(100, "make"), ONE);

    assertThat(baselineCache.find(key(0, "make"))).isPresent();
    assertThat(baselineCache.find(key(1, "make"))).isEmpty();
    assertThat(baselineCache.find(key(2, "make"))).isPresent();
  }

  @Test
  void keepsNoMoreThanSoManyNames() {
    var many = new BaselineFailures(1, Collections.nCopies(10_000, "a"), 10_000);
    for (int i = 0; i < 6; i++) {
      baselineCache.remember(key(i, "make"), many);
      baselineCache.remember(key(i, "make"), many);
    }

    assertThat(baselineCache.find(key(0, "make"))).isEmpty();
    assertThat(baselineCache.find(key(1, "make"))).contains(many);
  }

  private static BaselineCache.Key key(int files, String command) {
    return new BaselineCache.Key(
        new TreeId(String.format(Locale.ROOT, "%040x", files)),
        Optional.of(TestCommand.ofLine(command)),
        new Shell(command));
  }

  private static BaselineCache.Key detected(String command) {
    return new BaselineCache.Key(key(1, command).files(), Optional.empty(), new Shell(command));
  }
}
