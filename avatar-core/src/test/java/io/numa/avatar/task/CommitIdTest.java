package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitIdTest {
  private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @ValueSource(strings = {SHA1, SHA1 + "0123456789abcdef01234567"})
  void abbreviatesFullIds(String id) {
    assertThat(new CommitId(id).abbreviated()).isEqualTo("0123456789");
  }

  static Stream<String> bad() {
    return Stream.of(
        "",
        "HEAD",
        SHA1.substring(1),
        SHA1 + "0",
        SHA1 + SHA1,
        SHA1 + "\n",
        SHA1.toUpperCase(java.util.Locale.ROOT),
        SHA1.replace('0', 'g'),
        SHA1.replace('0', '\u0660'));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesEverythingElse(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitId(id))
        .withMessage("not a commit id: '" + id + "'");
  }
}
