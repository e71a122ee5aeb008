package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeIdTest {
  private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @ValueSource(strings = {SHA1, SHA1 + "0123456789abcdef01234567"})
  void takesFullIds(String id) {
    assertThat(new TreeId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tree", SHA1 + "0", SHA1 + "\n"})
  void refusesEverythingElse(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TreeId(id))
        .withMessage("not a tree id: '" + id + "'");
  }
}
