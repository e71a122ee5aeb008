package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests beyond the contract, which not every adapter can pass. Native Git checks the results if it
 * is installed.
 */
class JGitRepositoryTest {
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"));
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final BranchName WORK = new BranchName("dev-1-work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\ntwo\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut(SETTINGS, new CopyOnWriteArrayList<>());
  }

  private WorkingCopy checkOut(GitSettings settings, List<TransferProgress> progress)
      throws InterruptedException {
    return new JGitRepository(settings, CLOCK)
        .checkOut(
            new CheckoutRequest(
                RepositoryUrl.parse(server.httpUrl("app")), WORK, List.of(), temp.resolve("home")),
            progress::add);
  }

  private String run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static String diff(WorkingCopy copy) throws IOException {
    var out = new ByteArrayOutputStream();
    stageAll(copy).diff(out);
    return out.toString(UTF_8);
  }

  @Test
  void lookedAtByNativeGitTheTreeIsClean() throws Exception {
    remote.commit("main", "more", Map.of("run.sh", TreeFile.executable("x\n")));

    try (WorkingCopy copy = checkOut()) {
      assertThat(run(copy.directory(), "git", "status", "--porcelain=v1", "--branch"))
          .isEqualTo("## dev-1-work\n");
      assertThat(run(copy.directory(), "git", "log", "--format=%s")).isEqualTo("more\nseed main\n");
    }
  }

  @Test
  void givesNativeGitTheTagsOnTheWay() throws Exception {
    run(server.path("app"), "git", "tag", "v1.0", "main");
    run(
        server.path("app"),
        "git",
        "-c",
        "user.name=a",
        "-c",
        "user.email=b",
        "tag",
        "-a",
        "-m",
        "two",
        "v2.0",
        "main");

    try (WorkingCopy copy = checkOut()) {
      assertThat(run(copy.directory(), "git", "describe")).isEqualTo("v2.0\n");
      assertThat(run(copy.directory(), "git", "tag")).isEqualTo("v1.0\nv2.0\n");
    }
  }

  @Test
  void commitsInTheTreesOwnRepositoryAreNotPushed() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("a.txt"), "a\n");
      run(copy.directory(), "git", "add", "-A");
      run(copy.directory(), "git", "commit", "-m", "sneaked in");

      LocalCommit commit = stageAll(copy).commit("work");
      commit.push();

      assertThat(remote.log(WORK.value()))
          .extracting(SeededRepository.LogEntry::message)
          .containsExactly("work\n", "seed main");
      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      assertThat(remote.log(WORK.value()).get(0).time()).isEqualTo(CLOCK.instant());
    }
  }

  @Test
  void nativeGitAppliesTheDiff() throws Exception {
    byte[] binary = {0, 1, 2, (byte) 0xff, 0, 10, 13};
    String diff;
    try (WorkingCopy copy = checkOut()) {
      Files.write(copy.directory().resolve("image.bin"), binary);
      Files.move(copy.directory().resolve("README.md"), copy.directory().resolve("ö read me"));
      diff = diff(copy);
    }

    Path clone = temp.resolve("clone");
    run(temp, "git", "clone", "-q", server.path("app").toString(), clone.toString());
    Path patch = Files.writeString(temp.resolve("patch"), diff);
    assertThat(run(clone, "git", "apply", patch.toString())).isEmpty();

    assertThat(diff).contains("similarity index 100%", "GIT binary patch");
    assertThat(clone.resolve("image.bin")).hasBinaryContent(binary);
    assertThat(clone.resolve("ö read me")).hasContent("one\ntwo\n");
  }

  @Test
  void noticesAChangeThatKeepsSizeAndTime() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path file = copy.directory().resolve("README.md");
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, "eno\nowt\n");
      Files.setLastModifiedTime(file, time);

      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      change.commit("work");
    }
  }

  @Test
  void keepsNamesThatAreNoUtf8() throws Exception {
    Path clone = temp.resolve("clone");
    run(temp, "git", "clone", "-q", server.path("app").toString(), clone.toString());
    run(clone, "bash", "-c", "printf x > $'l\\xe4tin'; git add -A");
    run(clone, "git", "-c", "user.name=a", "-c", "user.email=b", "commit", "-q", "-m", "latin");
    run(clone, "git", "push", "-q", "origin", "HEAD:main");

    try (WorkingCopy copy = checkOut()) {
      assertThat(stageAll(copy).changes()).isEmpty();
      run(copy.directory(), "bash", "-c", "printf y > $'n\\xe4chster'");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      change.commit("work").push();
    }

    byte[] names =
        run(server.path("app"), "git", "ls-tree", "--name-only", WORK.value()).getBytes(ISO_8859_1);
    assertThat(new String(names, ISO_8859_1))
        .isEqualTo("README.md\n\"l\\344tin\"\n\"n\\344chster\"\n");
  }

  @Test
  void passesPipesBy() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      run(copy.directory(), "mkfifo", "pipe");

      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void leavesAloneWhatGitWouldNotTakeForTextOrHasWithCrLfAlready() throws Exception {
    remote.seed("main", Map.of("old", "a\r\nb\r\n"));
    remote.seed("main", Map.of(".gitattributes", "* text=auto eol=lf\n", "lf", "a\n"));

    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.writeString(tree.resolve("old"), "a\r\nc\r\n");
      Files.writeString(tree.resolve("lf"), "a\r\nc\r\n");
      Files.writeString(tree.resolve("late"), "a\r\n".repeat(5000) + "\0");
      Files.writeString(tree.resolve("lone"), "a\r\nb\rc\r\n");
      Files.writeString(tree.resolve("text"), "a\tb\r\nc\r\n");
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .containsEntry("old", TreeFile.of("a\r\nc\r\n"))
        .containsEntry("lf", TreeFile.of("a\nc\n"))
        .containsEntry("late", TreeFile.of("a\r\n".repeat(5000) + "\0"))
        .containsEntry("lone", TreeFile.of("a\r\nb\rc\r\n"))
        .containsEntry("text", TreeFile.of("a\tb\nc\n"));
  }

  @Test
  void convertsLineEndsAsTheRepositorySays() throws Exception {
    remote.seed(
        "main",
        Map.of(
            ".gitattributes", "*.txt text\n*.bat text eol=crlf\n*.raw -text\n",
            "run.bat", "a\nb\n",
            "crlf.txt", "a\r\nb\r\n"));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      assertThat(Files.readString(tree.resolve("run.bat"))).isEqualTo("a\r\nb\r\n");
      assertThat(stageAll(copy).changes()).isEmpty();

      Files.writeString(tree.resolve("new.txt"), "a\r\nb\r\n");
      Files.writeString(tree.resolve("new.raw"), "a\r\nb\r\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      change.commit("work").push();
    }

    Map<String, TreeFile> after = remote.files(WORK.value());
    assertThat(after)
        .containsAllEntriesOf(before)
        .containsEntry("new.txt", TreeFile.of("a\nb\n"))
        .containsEntry("new.raw", TreeFile.of("a\r\nb\r\n"))
        .hasSize(before.size() + 2);
  }

  @Test
  void passesOnTheRemotesOwnWords() throws Exception {
    server.rejectPushes("branches must be named after a ticket");

    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = stageAll(copy).commit("work");

      var failure = catchThrowableOfType(PortException.class, commit::push);

      assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("branches must be named after a ticket");
      assertThat(remote.branches()).containsExactly("main");
    }
  }

  @Test
  void takesAPushWhoseAnswerWasLostForDone() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = stageAll(copy).commit("work");
      server.loseNextPushAnswer();

      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
    }
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    List<TransferProgress> progress = new CopyOnWriteArrayList<>();

    checkOut(SETTINGS, progress).close();

    assertThat(progress).isNotEmpty().allMatch(one -> !one.activity().isEmpty());
  }

  @Test
  void ignoresChangesOfTheUsersGitConfiguration() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(temp.resolve("home/git/config"), "[http]\n  proxy = http://127.0.0.1:1\n");
      LocalCommit commit = stageAll(copy).commit("work");
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
    }
  }

  @Test
  void refusesATreeThatIsALinkToSomewhereElse() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.move(copy.directory(), temp.resolve("moved"));
      Files.createSymbolicLink(copy.directory(), temp);

      var failure = catchThrowableOfType(PortException.class, () -> stageAll(copy));

      assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    }
  }

  @Test
  void restoresLineEndsDespiteAttributesAndPipesLeftByTests() throws Exception {
    remote.commit(
        "main", "attributes", Map.of(".gitattributes", TreeFile.of("*.bat text eol=crlf\n")));
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Path file = Files.writeString(tree.resolve("run.bat"), "a\r\nb\r\n");
      StagedChange change = stageAll(copy);
      Files.writeString(file, "changed\n");
      Files.writeString(tree.resolve(".gitattributes"), "*.bat -text\n");
      Path locked = Files.createDirectories(tree.resolve("locked/inner"));
      Files.writeString(locked.resolve("file"), "x");
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
      run(tree, "mkfifo", "pipe");

      change.restoreTree();

      assertThat(Files.readString(file)).isEqualTo("a\r\nb\r\n");
      assertThat(tree.resolve("locked")).doesNotExist();
      assertThat(Files.exists(tree.resolve("pipe"))).isFalse();
      assertThat(stageAll(copy).changes()).isEqualTo(change.changes());
    }
  }
}
