package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void areAllNamedUpToTheLimit() {
    assertThat(Names.first(2, List.of())).isEmpty();
    assertThat(Names.first(2, List.of("a", "b"))).isEqualTo("a, b");
  }

  @Test
  void areCountedBeyondTheLimit() {
    assertThat(Names.first(2, List.of("a", "b", "c", "d"))).isEqualTo("a, b and 2 more");
  }
}
