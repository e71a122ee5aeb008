package io.numa.avatar.benchmarks.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void readsItsArguments() {
    var options = Options.parse(List.of("-quick", "-n", "7", "-sizes", "5,50", "a=x/a.git"));

    assertThat(options.effort()).isEqualTo(new Effort(1, 7, 1));
    assertThat(options.sizes()).containsExactly(5, 50);
    assertThat(options.repositories()).containsOnlyKeys("a").containsValue(Path.of("x/a.git"));
    assertThat(Options.parse(List.of("-sizes", "none")).sizes()).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.parse(List.of("-x"))).hasMessageContaining("'-x'");
    assertThatThrownBy(() -> Options.parse(List.of("a b=x"))).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> Options.parse(List.of("-n"))).hasMessageContaining("-n");
  }
}
