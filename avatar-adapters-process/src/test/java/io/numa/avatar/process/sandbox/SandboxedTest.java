package io.numa.avatar.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxedTest {
  @Test
  void givesBackAllThatItHoldsThoughAPartFails() {
    var given = new ArrayList<String>();
    Runnable failing =
        () -> {
          throw new IllegalStateException("failing");
        };
    var sandboxed =
        new Sandboxed(List.of("true"), Map.of(), true, () -> given.add("first"))
            .thenEnd(failing)
            .thenEnd(() -> given.add("last"));

    assertThatThrownBy(() -> sandboxed.end().run()).hasMessage("failing");

    assertThat(given).containsExactly("first", "last");
  }
}
