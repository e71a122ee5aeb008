package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.TreeId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final BaseFailures ONE = new BaseFailures(true, List.of("a"));

  private final Baselines baselines = new Baselines();

  @Test
  void knowsARunByItsFilesAndItsCommand() {
    baselines.remember(key(1, "make"), ONE);

    assertThat(baselines.find(key(1, "make"))).contains(ONE);
    assertThat(baselines.find(key(2, "make"))).isEmpty();
    assertThat(baselines.find(key(1, "make test"))).isEmpty();
    assertThat(baselines.find(new Baselines.Key(key(1, "make").files(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void forgetsWhatWasUsedLongestAgo() {
    for (int i = 0; i < 100; i++) {
      baselines.remember(key(i, "make"), ONE);
    }
    baselines.find(key(0, "make"));
    baselines.remember(key(100, "make"), ONE);

    assertThat(baselines.find(key(0, "make"))).isPresent();
    assertThat(baselines.find(key(1, "make"))).isEmpty();
    assertThat(baselines.find(key(2, "make"))).isPresent();
  }

  @Test
  void keepsNoMoreThanSoManyNames() {
    var many = new BaseFailures(true, Collections.nCopies(10_000, "a"));
    for (int i = 0; i < 6; i++) {
      baselines.remember(key(i, "make"), many);
      baselines.remember(key(i, "make"), many);
    }

    assertThat(baselines.find(key(0, "make"))).isEmpty();
    assertThat(baselines.find(key(1, "make"))).contains(many);
  }

  private static Baselines.Key key(int files, String command) {
    return new Baselines.Key(
        new TreeId(String.format(Locale.ROOT, "%040x", files)),
        Optional.of(TestCommand.ofLine(command)));
  }
}
