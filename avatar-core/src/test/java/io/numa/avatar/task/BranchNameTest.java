package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev-1",
        "feature/login",
        "refs/heads/x",
        "a/b.c/d",
        "x.y",
        "a/-b",
        "a-",
        "a@",
        "a@b",
        "@a",
        "{a}",
        "a#b",
        "a'b",
        "a\"b",
        "a$b",
        "a;b",
        "a&b",
        "ünï/日本",
        "lock",
        "a.lockx",
        "a.LOCK",
        "head",
        "HEAD/x",
        "x/HEAD"
      })
  void takesWhatGitTakes(String name) {
    assertThat(new BranchName(name).ref()).isEqualTo("refs/heads/" + name);
  }

  static Stream<String> bad() {
    return Stream.of(
        "",
        "-a",
        "-",
        "--",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        ".",
        "..",
        "a/..",
        "a.",
        "a..b",
        "a.lock",
        "a.lock/b",
        "a@{b",
        "@{-1}",
        "@",
        "HEAD",
        "~",
        "a\n",
        "\ta",
        "x".repeat(251));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatGitRefuses(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BranchName(name))
        .withMessage("not a branch name: '" + name + "'");
  }

  @Property
  void refusesForbiddenCharactersWhereverTheyStand(
      @ForAll @AlphaChars String before,
      @ForAll("forbidden") char forbidden,
      @ForAll @AlphaChars String after) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BranchName(before + forbidden + after));
  }

  @Provide
  Arbitrary<Character> forbidden() {
    return Arbitraries.chars().range('\0', ' ').with("~^:?*[\\\177".toCharArray());
  }

  @Test
  void takesTheLongestNameWhoseLockFileHasAName() {
    assertThat(new BranchName("x".repeat(250)).value()).hasSize(250);
  }
}
