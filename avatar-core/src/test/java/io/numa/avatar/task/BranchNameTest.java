package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev-1",
        "feature/login",
        "x/refs/heads",
        "refs",
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

  /** Octopus#7742: the full name of a ref, which would become {@code refs/heads/refs/heads/x}. */
  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/dev-q", "refs/tags/v1", "refs/x"})
  void refusesFullNames(String name) {
    assertThatThrownBy(() -> new BranchName(name)).hasMessageContaining("leave out 'refs/heads/'");
  }

  /** che#6869: an argument that was read under {@code LC_ALL=C}. */
  @ParameterizedTest
  @ValueSource(strings = {"gr\uFFFD\uFFFDe", "x\uD800"})
  void refusesNamesInTheWrongCharacterSet(String name) {
    assertThatThrownBy(() -> new BranchName(name)).hasMessageContaining("LC_ALL");
  }

  @ParameterizedTest
  @CsvSource({
    "7, dev-7",
    "a:b, dev-a-b",
    "a b, dev-a-b",
    "开发 ~1, dev-开发--1",
    "x.lock, dev-x-",
    "a..b, dev-a-b",
    "a//b., dev-a-b-",
    "a/.b, dev-a-b",
    "@{1}, dev--1}",
    "x\uFFFD, dev-x-",
  })
  void isMadeOfATasksId(String id, String branch) {
    assertThat(BranchName.of(new TaskId(id))).hasToString(branch);
  }

  @Test
  void isMadeOfALongId() {
    assertThat(BranchName.of(new TaskId("é".repeat(200))).value().getBytes(UTF_8))
        .hasSizeLessThanOrEqualTo(250)
        .hasSizeGreaterThan(240);
  }
}
