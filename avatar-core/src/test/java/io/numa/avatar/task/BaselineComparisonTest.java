package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineComparisonTest {
  private static final Names NONE = Names.of(List.of());

  @Test
  void keepsSomeNamesAndCountsAll() {
    assertThat(Names.of(Collections.nCopies(101, "a")))
        .isEqualTo(new Names(101, Collections.nCopies(100, "a")));
  }

  @ParameterizedTest
  @CsvSource({"0, , false", "1, , true", "0, NEW, true", "0, PRE_EXISTING, false"})
  void hasRegressedWhereSomethingNewFails(int added, Unnamed unnamed, boolean regressed) {
    var comparison =
        new BaselineComparison(
            new Names(added, List.of()), NONE, NONE, Optional.ofNullable(unnamed));

    assertThat(comparison.regressed()).isEqualTo(regressed);
  }

  @Test
  void changesEveryName() {
    var comparison =
        new BaselineComparison(
            new Names(7, List.of("a")),
            Names.of(List.of("b")),
            Names.of(List.of("c")),
            Optional.of(Unnamed.PRE_EXISTING));

    assertThat(comparison.withNames(name -> name + "!"))
        .isEqualTo(
            new BaselineComparison(
                new Names(7, List.of("a!")),
                Names.of(List.of("b!")),
                Names.of(List.of("c!")),
                Optional.of(Unnamed.PRE_EXISTING)));
  }
}
