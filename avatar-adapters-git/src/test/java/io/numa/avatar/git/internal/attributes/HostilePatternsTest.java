package io.numa.avatar.git.internal.attributes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patterns of a repository that are made to take long. */
class HostilePatternsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LARGEST_FILE = 10 << 20;
  private static final String LONG_NAME = "a".repeat(255);
  private static final String LONG_PATH = (LONG_NAME + "/").repeat(13) + "a".repeat(150);

  private static FolderRules rules(String ignored) throws IOException {
    return new FolderRules(
        null,
        name ->
            name.equals(Constants.DOT_GIT_IGNORE)
                ? SmallFile.of(ignored.getBytes(UTF_8))
                : SmallFile.EMPTY,
        "");
  }

  private static String times(String part, int length) {
    return part.repeat(length / part.length());
  }

  static List<String> onePattern() {
    return List.of(
        "a*".repeat(20) + "b",
        "*a".repeat(20) + "b",
        "**/".repeat(20) + "b",
        "a*".repeat(1000) + "b",
        "?*".repeat(1000) + "b",
        "[a-z]*".repeat(1000) + "b",
        "/" + "**/a*".repeat(1000) + "b",
        "/" + times("a*", LARGEST_FILE - 10) + "b",
        "/" + times("**/", LARGEST_FILE - 10) + "b",
        "/" + times("*?", LARGEST_FILE - 10) + "b",
        "/" + times("**/x", LARGEST_FILE - 10) + "b",
        times("*", LARGEST_FILE - 10) + "b",
        "/" + times("***/", LARGEST_FILE - 10) + "b",
        "[" + times("[:alpha:]", LARGEST_FILE - 10) + "]*b",
        "[" + times("[:", LARGEST_FILE - 10) + "x]",
        times("\\a", LARGEST_FILE - 10));
  }

  @ParameterizedTest
  @MethodSource("onePattern")
  void onePatternTakesNotLong(String pattern) throws IOException {
    FolderRules rules = rules(pattern);

    assertTimeoutPreemptively(
        DEADLINE,
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThat(rules.ignores(LONG_NAME, false)).isFalse();
            assertThat(rules.ignores(LONG_PATH, false)).isFalse();
          }
        });
  }

  @Test
  void matchesAsARegularExpressionDoesWhereThePatternsAreLong() throws IOException {
    var random = new Random(17);
    String[] parts = {"a", "b", "*", "?", "**/", "*", "/"};
    for (int i = 0; i < 3000; i++) {
      var pattern = new StringBuilder("/");
      for (int n = random.nextInt(8) + 1; n > 0; n--) {
        String part = parts[random.nextInt(parts.length)];
        boolean fresh = pattern.charAt(pattern.length() - 1) == '/';
        boolean stars = part.charAt(0) == '*' && pattern.charAt(pattern.length() - 1) == '*';
        if (!stars && !(part.equals("/") && fresh) && !(part.equals("**/") && !fresh)) {
          pattern.append(part);
        }
      }
      String text = pattern.toString();
      if (text.endsWith("/")) {
        continue;
      }
      String regex =
          text.substring(1)
              .replace("**/", "\u0001")
              .replace("*", "[^/]*")
              .replace("?", "[^/]")
              .replace("\u0001", "(?:.*/)?");
      String path = "ab".repeat(random.nextInt(2)) + "a/b".repeat(random.nextInt(3)) + "ba";
      assertThat(rules(text).ignores(path, false))
          .as(text + " " + path)
          .isEqualTo(Pattern.matches(regex, path));
    }
  }

  private static FolderRules in(
      @Nullable FolderRules parent, String file, String line, int lines, PatternBudget budget)
      throws IOException {
    byte[] text = (line + "\n").repeat(lines).getBytes(UTF_8);
    FolderRules.Source folder = name -> name.equals(file) ? SmallFile.of(text) : SmallFile.EMPTY;
    return parent == null
        ? new FolderRules(null, folder, "", budget)
        : new FolderRules(parent, folder, "a/");
  }

  private static void requireEnd(ThrowingCallable work) {
    assertTimeoutPreemptively(
        DEADLINE,
        () ->
            assertThatThrownBy(work)
                .isInstanceOf(PortException.class)
                .hasMessageContaining(".gitignore")
                .extracting(it -> ((PortException) it).kind())
                .isEqualTo(FailureKind.DENIED));
  }

  /** Many patterns, each within its bound, and many long names. */
  @Test
  void theNamesOfAWholeTreeTakeNotLong() throws IOException {
    FolderRules root =
        in(null, Constants.DOT_GIT_IGNORE, "*a*a*a*b", 10, new PatternBudget(1_000_000));
    FolderRules folder = in(root, Constants.DOT_GIT_IGNORE, "*a*a*a*b", 10, new PatternBudget());

    assertThat(folder.ignores("a/a", false)).isFalse();
    requireEnd(
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            folder.ignores("a/" + i + LONG_NAME, false);
          }
        });
  }

  @Test
  void theAttributesOfAWholeTreeTakeNotLong() throws IOException {
    String macro = "[attr]m" + " x y z".repeat(100);
    FolderRules root =
        in(null, Constants.DOT_GIT_ATTRIBUTES, macro + "\n* m text", 1, new PatternBudget(100_000));

    assertThat(root.conversion("a")).isNotNull();
    requireEnd(
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            root.conversion(String.valueOf(i));
          }
        });
  }

  /** Each line takes memory, and each folder has rules of its own. */
  @Test
  void theFilesWithPatternsAreLimitedTogether() {
    requireEnd(() -> rules("a\n".repeat(2_100_000)));
    requireEnd(
        () -> {
          FolderRules rules = rules("");
          for (int i = 0; i < 1000; i++) {
            rules = in(rules, Constants.DOT_GIT_IGNORE, "a", 10_000, new PatternBudget());
          }
        });
  }
}
