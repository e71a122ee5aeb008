package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository's rule files do to a task. {@link NativeRulesTest} compares all with Git. */
class AttributesTest {
  private static final BranchName WORK = new BranchName("dev-1-work");
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"));

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    var url = RepositoryUrl.parse(server.httpUrl("app"));
    var request = new CheckoutRequest(url, WORK, List.of(), temp.resolve("home"));
    return new JGitRepository(SETTINGS, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  /** libgit2#5071, jj#9105: a byte order mark before the first rule. */
  @Test
  void keepsASecretThatTheFirstRuleIgnores() throws Exception {
    remote.seed("main", Map.of(".gitignore", "\ufeffsecret.log\n*.tmp"));

    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("secret.log"), "secret\n");
      Files.writeString(copy.directory().resolve("a.tmp"), "a\n");
      Files.writeString(copy.directory().resolve("a.txt"), "a\n");
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.files(WORK.value())).containsOnlyKeys(".gitignore", "a.txt");
  }

  /** libgit2#5781: a pattern in quotes. */
  @Test
  void hearsTheRuleOfAQuotedPattern() throws Exception {
    remote.seed(
        "main", Map.of(".gitattributes", "\"a b.txt\" text eol=crlf\n", "a b.txt", "a\nb\n"));

    try (WorkingCopy copy = checkOut()) {
      Path file = copy.directory().resolve("a b.txt");
      assertThat(file).hasContent("a\r\nb\r\n");
      Files.writeString(file, "c\r\n", StandardOpenOption.APPEND);
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.read(WORK.value(), "a b.txt")).isEqualTo("a\nb\nc\n");
  }

  /** libgit2#2319, libgit2#2436: a NUL after the first 8,000 bytes of a file. */
  @Test
  void leavesABinaryAsItIsWhateverItsBeginning() throws Exception {
    String binary = "line\n".repeat(2000) + "\0\n";
    remote.seed(
        "main", Map.of(".gitattributes", "* text=auto eol=crlf\n", "a.dat", binary, "b", "b\n"));

    try (WorkingCopy copy = checkOut()) {
      Path file = copy.directory().resolve("a.dat");
      assertThat(Files.readString(file)).isEqualTo(binary);
      assertThat(copy.directory().resolve("b")).hasContent("b\r\n");
      assertThat(Programs.run(copy.directory(), "git", "status", "--porcelain")).isEmpty();
      Files.writeString(file, "one more\n", StandardOpenOption.APPEND);
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.read(WORK.value(), "a.dat")).isEqualTo(binary + "one more\n");
  }

  /** The tests of a task may leave other rules behind, which must not decide what is restored. */
  @Test
  void restoresRuleFilesAndOthersByTheStagedRules() throws Exception {
    remote.seed("main", Map.of(".gitattributes", "* text eol=crlf\n", "a.txt", "a\n"));

    try (WorkingCopy copy = checkOut()) {
      Path rules = copy.directory().resolve(".gitattributes");
      Path file = copy.directory().resolve("a.txt");
      Files.writeString(file, "b\r\n");
      StagedChange change = stageAll(copy);
      Files.writeString(rules, "* working-tree-encoding=UTF-16\n");
      Files.writeString(file, "c\n");

      change.restoreTree();

      assertThat(Files.readString(rules)).isEqualTo("* text eol=crlf\r\n");
      assertThat(Files.readString(file)).isEqualTo("b\r\n");
    }
  }

  @Test
  void refusesAFileThatIsNotInItsEncoding() throws Exception {
    remote.seed(
        "main",
        Map.of(".gitattributes", "*.rc working-tree-encoding=UTF-16\n", "a.rc", "\u20ac\n"));

    try (WorkingCopy copy = checkOut()) {
      Path file = copy.directory().resolve("a.rc");
      assertThat(Files.readAllBytes(file)).isEqualTo("\ufeff\u20ac\n".getBytes(UTF_16LE));
      Files.writeString(file, "no mark\n");

      var refusal = catchThrowableOfType(PortException.class, () -> stageAll(copy));

      assertThat(refusal.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(refusal)
          .hasMessage(
              "could not commit the change: .gitattributes says that 'a.rc' has the"
                  + " working-tree-encoding UTF-16, an encoding that needs a byte order mark,"
                  + " which the file lacks");
      Files.write(file, "\ufeff\u20ac\u20ac\n".getBytes(UTF_16LE));
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.read(WORK.value(), "a.rc")).isEqualTo("\u20ac\u20ac\n");
  }

  @Test
  void writesATextAsItIsIfItsEncodingLacksACharacter() throws Exception {
    remote.seed(
        "main",
        Map.of(
            ".gitattributes",
            "*.txt working-tree-encoding=ISO-8859-1\n*.x working-tree-encoding=nope\n",
            "a.txt",
            "\u20ac\n",
            "a.x",
            "x\n"));

    try (WorkingCopy copy = checkOut()) {
      assertThat(Files.readAllBytes(copy.directory().resolve("a.txt")))
          .isEqualTo("\u20ac\n".getBytes(UTF_8));
      assertThat(copy.directory().resolve("a.x")).hasContent("x\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isEmpty();
    }
  }

  @Test
  void refusesAnEncodingWithoutAName() {
    remote.seed("main", Map.of(".gitattributes", "a.txt working-tree-encoding\n", "a.txt", "a\n"));

    var refusal = catchThrowableOfType(PortException.class, () -> checkOut().close());

    assertThat(refusal.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(refusal)
        .hasMessage(
            "could not convert 'a.txt': .gitattributes gives it working-tree-encoding without the"
                + " name of an encoding");
  }
}
