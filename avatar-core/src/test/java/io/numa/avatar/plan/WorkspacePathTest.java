package io.numa.avatar.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePathTest {
  private static final String RELATIVE = "is not relative to the workspace";
  private static final String EMPTY_NAME = "holds an empty name or '.'";
  private static final String UPWARDS = "leads upwards";
  private static final String GIT = "leads into a Git directory";
  private static final String BACKSLASH = "holds a backslash; folders are separated by '/'";
  private static final String NUL = "holds a NUL character";

  static Stream<Arguments> hostile() {
    return Stream.of(
            refused("is empty", ""),
            refused(NUL, "\0", "a\0b", "a\0/../../etc", "/\0"),
            refused(
                RELATIVE,
                "/",
                "/etc/passwd",
                "//host/share",
                "C:",
                "c:x",
                "C:/x",
                "C:\\x",
                "c:\nx"),
            refused(BACKSLASH, "a\\b", "\\\\host\\share", "..\\x", ".git\\config", "\\x"),
            refused(EMPTY_NAME, ".", "./a", "a/.", "a/./b", "a//b", "a//", "./"),
            refused(UPWARDS, "..", "../a", "a/..", "a/../b", "a/../../b", "../", "a/b/.."),
            refused(GIT, ".git", ".git/", ".git/config", "a/.git", "a/.git/hooks/pre-push"),
            refused(GIT, ".GIT", ".Git/config", ".gIt/x", "a/.giT/b"),
            refused(GIT, "git~1", "GIT~1/config", "Git~2", "git~10/x", "a/git~1"),
            refused(
                GIT, ".git.", ".git...", ".git ", ".git . .", ".git./config", "git~1.", "git~1 "),
            refused(GIT, ".git:x", ".git::$INDEX_ALLOCATION", ".git::$INDEX_ALLOCATION/config"),
            refused(GIT, "git~1::$INDEX_ALLOCATION", ".git:\nx"),
            refused(GIT, ".GIT.:x:y", ".git . ::$INDEX_ALLOCATION", "git~1 :x/config"),
            refused(GIT, ".g\u200cit", ".\u200dgit", "\u200e.git", ".git\u200f", ".gi\u202at"),
            refused(
                GIT, ".gi\u202et/x", ".g\u206ait", ".gi\u206ft", "\ufeff.git", "a/.GI\ufeffT/x"),
            refused(GIT, ".git\u200c. ", ".git \u200d"))
        .flatMap(arguments -> arguments);
  }

  private static Stream<Arguments> refused(String problem, String... paths) {
    return Stream.of(paths).map(path -> Arguments.of(path, problem));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesWhatMayLeadOutOrIntoGit(String path, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkspacePath(path))
        .withMessage("the path '" + shown(path) + "' " + problem);
  }

  private static String shown(String path) {
    return path.replace("\0", "\\000").replace("\n", "\\n");
  }

  static Stream<Arguments> hostileInGit() {
    return Stream.of(
            refused(NUL, "a\0b"),
            refused(RELATIVE, "/etc/passwd", "\\x", "C:\\x", "c:/x", "\\\\host\\share"),
            refused(EMPTY_NAME, "a//b", "a/", "./a"),
            refused(UPWARDS, "..", "a/../b", "..\\x", "a\\..\\b", "a/b\\.."),
            refused(GIT, ".git/config", "a/.GIT", "git~1", "a\\.git\\config", ".g\u200cit"))
        .flatMap(arguments -> arguments);
  }

  @ParameterizedTest
  @MethodSource("hostileInGit")
  void refusesInGitWhatIsAWayOutSomewhere(String path, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkspacePath.ofGit(path.getBytes(UTF_8)))
        .withMessage("the path '" + shown(path) + "' " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\b", "\"", "a:b", "c:x", "Foo::Bar.3", "tab\there", "a\nb", "ü/🙂"})
  void takesAnyOtherNameThatGitHas(String path) {
    WorkspacePath taken = WorkspacePath.ofGit(path.getBytes(UTF_8));

    assertThat(taken.value()).isEqualTo(path);
    assertThat(taken.bytes()).isEqualTo(path.getBytes(UTF_8));
  }

  @Test
  void showsWhatCannotBeShownAsGitDoes() {
    assertThat(WorkspacePath.ofGit(new byte[] {'c', (byte) 0xe9, '\t', '\n', 7}))
        .hasToString("c\\351\\t\\n\\007");
  }

  @Property
  void keepsAnyBytes(@ForAll byte[] bytes) {
    String text = WorkspacePath.decode(bytes);

    assertThat(WorkspacePath.encode(text)).isEqualTo(bytes);
  }

  @Property
  void keepsAnyText(@ForAll @StringLength(max = 20) String text) {
    byte[] bytes = text.getBytes(UTF_8);

    assertThat(WorkspacePath.encode(WorkspacePath.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void takesHalfACharacterFromGitOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkspacePath("a\udce9"))
        .withMessage("the path 'a\\351' is no text");
  }

  @Test
  void knowsTheFolderItIsIn() {
    assertThat(new WorkspacePath("a/b/c").parent()).contains(new WorkspacePath("a/b"));
    assertThat(new WorkspacePath("a").parent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "src/main/java/App.java",
        ".gitignore",
        ".gitattributes",
        ".gitmodules",
        ".github/workflows/x.yml",
        ".gitlab-ci.yml",
        ".git-blame-ignore-revs",
        "git",
        "git/config",
        "a.git",
        "a.git/x",
        "x.git.",
        ".gi",
        ".git2",
        ".git_",
        "git~",
        "git~x",
        "git~1x",
        "xgit~1",
        "gitign~1",
        "..git",
        "a..b",
        "...",
        "..a",
        "a..",
        ".a",
        "a.",
        "a b/c d",
        " a",
        "a ",
        "-rf",
        "~",
        "~root/x",
        "$HOME",
        "%2e%2e/x",
        "ab:c",
        "a\nb",
        "ünï/日本/🙂.txt",
        "e\u0301",
        "a\u200cb",
        "CON",
        "aux.txt",
        "*",
        "a?b"
      })
  void takesWhatOnlyLooksLikeIt(String path) {
    assertThat(new WorkspacePath(path).value()).isEqualTo(path);
  }

  @Test
  void dropsTheSlashBehindAFolder() {
    assertThat(new WorkspacePath("a/b/")).isEqualTo(new WorkspacePath("a/b")).hasToString("a/b");
  }

  @Test
  void knowsTheNamesOnTheWay() {
    assertThat(new WorkspacePath("a/b c/ü").segments()).isEqualTo(List.of("a", "b c", "ü"));
  }

  @Test
  @Timeout(10)
  void takesNoLongerThanItsLengthToJudgeAPath() {
    String path = ". ".repeat(500_000) + "x";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkspacePath(path))
        .withMessage("the path '(1000001 characters)' has more than 3500 bytes");
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of("a/", 249, "a", "has more than 250 names"),
        Arguments.of("a", 254, "a", "holds a name of more than 255 bytes"),
        Arguments.of("\u00fc", 127, "u", "holds a name of more than 255 bytes"),
        Arguments.of("abcdefghijklmnopqrs/", 174, "a".repeat(20), "has more than 3500 bytes"));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void takesWhatFileSystemsTakeAndNoMore(String part, int count, String rest, String problem) {
    String longest = part.repeat(count) + rest;
    String tooLong = part.repeat(count + 1) + rest;

    assertThat(new WorkspacePath(longest).value()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkspacePath.ofGit(tooLong.getBytes(UTF_8)))
        .withMessageEndingWith(problem);
  }

  @Property(tries = 5000)
  void whatIsTakenStaysBelowItsRoot(
      @ForAll
          @Chars({'.', '/', '\\', ' ', 'g', 'i', 't', 'G', '~', '1', ':', '\0', '\u200c'})
          @StringLength(max = 9)
          String text) {
    WorkspacePath path;
    try {
      path = new WorkspacePath(text);
    } catch (IllegalArgumentException e) {
      return;
    }

    var root = Path.of("/workspace");
    var place = root.resolve(path.value());
    assertThat(place.normalize()).isEqualTo(place).startsWithRaw(root).isNotEqualTo(root);
    assertThat(path.segments()).doesNotContain("", ".", "..", ".git", "git~1");
  }
}
