package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests beyond the contract: pushes that come too late, and pushes that the remote refuses. */
class PushRaceTest {
  private static final BranchName WORK = new BranchName("dev-1-work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private final Attempt attempt = Attempt.of(new TaskId("T 1~é"));

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\ntwo\n", "src/App.java", "class App {}\n"));
    remote.move(WORK.value(), remote.headOf("main").orElseThrow());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut(WORK, List.of());
  }

  private WorkingCopy checkOut(BranchName branch, List<BranchName> bases)
      throws InterruptedException {
    var url = RepositoryUrl.parse(server.httpUrl("app"));
    return new JGitRepository(GitSettings.of(JGitContract.IDENTITY), Clock.systemUTC())
        .checkOut(new CheckoutRequest(url, branch, bases, temp.resolve("home")), progress -> {});
  }

  private static LocalCommit commit(WorkingCopy copy) {
    return stageAll(copy).commit("work");
  }

  private static void write(WorkingCopy copy, String path, String text) throws IOException {
    Files.writeString(copy.directory().resolve(path), text);
  }

  private static void assertLost(LocalCommit commit) {
    assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
  }

  private StagedChange replay(LocalCommit commit) throws InterruptedException {
    return ((Replayed.Staged) commit.replay(attempt)).change();
  }

  /** When the push began, the branch was still at the expected commit. */
  @Test
  void losesARaceByAMoment() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit commit = commit(copy);
      server.duringNextPush(() -> remote.seed(WORK.value(), Map.of("theirs.txt", "theirs\n")));

      assertLost(commit);
      replay(commit).commit("work").push();
    }

    assertThat(remote.files(WORK.value())).containsKeys("mine.txt", "theirs.txt");
    assertThat(remote.log(WORK.value())).hasSize(3);
  }

  @Test
  void fetchesWhatIsNewOnly() throws Exception {
    for (int i = 0; i < 20; i++) {
      remote.seed(WORK.value(), Map.of("big" + i, Long.toString(i).repeat(50_000)));
    }
    try (WorkingCopy copy = checkOut()) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit commit = commit(copy);
      remote.seed(WORK.value(), Map.of("theirs.txt", "theirs\n"));
      assertLost(commit);
      long before = objects();

      replay(commit);

      assertThat(objects() - before).isLessThan(20);
    }
  }

  private long objects() throws Exception {
    Path git = temp.resolve("home/git");
    String all = run(git, "git", "--git-dir=.", "cat-file", "--batch-all-objects", "--batch-check");
    String counted = run(git, "git", "--git-dir=.", "count-objects", "-v");
    assertThat(all).isNotEmpty();
    return counted
        .lines()
        .filter(line -> line.startsWith("count:") || line.startsWith("in-pack:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .sum();
  }

  @Test
  void writesNothingThroughLinksThatCommandsHaveLeft() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("App.java"), "stays\n");
    try (WorkingCopy copy = checkOut()) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit commit = commit(copy);
      remote.seed(
          WORK.value(),
          Map.of("src/App.java", "class App2 {}\n", "src/New.java", "class New {}\n"));
      assertLost(commit);
      Path src = copy.directory().resolve("src");
      Files.delete(src.resolve("App.java"));
      Files.delete(src);
      Files.createSymbolicLink(src, outside);
      Files.delete(copy.directory().resolve("README.md"));
      Files.createDirectories(copy.directory().resolve("README.md/in the way"));

      replay(commit);

      assertThat(outside).isDirectoryNotContaining("glob:**New*");
      assertThat(outside.resolve("App.java")).hasContent("stays\n");
      assertThat(src.resolve("App.java")).hasContent("class App2 {}\n");
      assertThat(src.resolve("New.java")).hasContent("class New {}\n");
      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\n");
    }
  }

  @Test
  void writesLineEndsAsTheRepositorySaysByThen() throws Exception {
    remote.commit(
        WORK.value(),
        "attributes",
        Map.of(
            ".gitattributes", TreeFile.of("*.bat text eol=crlf\n"),
            "run.bat", TreeFile.of("a\nb\nc\nd\n")));
    try (WorkingCopy copy = checkOut()) {
      Path file = copy.directory().resolve("run.bat");
      Files.writeString(file, Files.readString(file).replace("d", "D"));
      LocalCommit commit = commit(copy);
      remote.commit(
          WORK.value(),
          "more",
          Map.of(
              ".gitattributes", TreeFile.of("*.bat text eol=crlf\n*.cmd text eol=crlf\n"),
              "run.bat", TreeFile.of("A\nb\nc\nd\n"),
              "other.cmd", TreeFile.of("x\n")));
      assertLost(commit);

      StagedChange replayed = replay(commit);

      assertThat(Files.readString(file)).isEqualTo("A\r\nb\r\nc\r\nD\r\n");
      assertThat(Files.readString(copy.directory().resolve("other.cmd"))).isEqualTo("x\r\n");
      assertThat(replayed.changes()).hasSize(1);
      StagedChange again = stageAll(copy);
      assertThat(again.changes()).hasSize(1);
      again.commit("work").push();
    }

    assertThat(remote.read(WORK.value(), "run.bat")).isEqualTo("A\nb\nc\nD\n");
    assertThat(remote.read(WORK.value(), "other.cmd")).isEqualTo("x\n");
  }

  @Test
  void passesOnAllThatAProtectedBranchSaysHarmlessly() throws Exception {
    server.protectBranch(
        WORK.value(),
        "GH006: Protected branch\n\u001b[31mred\u001b[0m\u0007 bell\r\n"
            + "x".repeat(5000)
            + "\n"
            + "line\n".repeat(2)
            + "more\n".repeat(3));
    try (WorkingCopy copy = checkOut()) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit ours = commit(copy);

      var failure = catchThrowableOfType(PortException.class, ours::push);
      RescuedCommit rescued = ours.rescue(attempt, temp.resolve("parked.git"));

      assertThat(failure).isNotInstanceOf(BranchMovedException.class);
      assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure.getMessage())
          .contains("hook declined\nGH006: Protected branch\nred bell\nxxx")
          .endsWith("…\nline\nmore")
          .doesNotContain("\u001b", "\u0007", "\r")
          .hasSizeLessThan(1000);
      assertThat(rescued.repository()).isEqualTo(server.httpUrl("app"));
      assertThat(remote.refs("refs/numa/parked/"))
          .containsOnly(Map.entry(rescued.ref(), ours.id()));
    }
  }

  @Test
  void parksOnThisMachineWhereTheRemoteTakesNothing() throws Exception {
    Path bare = temp.resolve("work space/parked.git");
    RescuedCommit first;
    RescuedCommit second;
    try (WorkingCopy copy = checkOut()) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit commit = commit(copy);
      server.rejectPushes("read only");

      first = commit.rescue(attempt, bare);
      second = commit.rescue(Attempt.of(new TaskId("2")), bare);
    }

    assertThat(first.repository()).isEqualTo(bare.toString());
    assertThat(first.ref()).startsWith("refs/numa/parked/T%20").endsWith("/" + attempt.id());
    assertThat(remote.refs("refs/numa/")).isEmpty();
    Path clone = temp.resolve("clone");
    run(temp, "git", "init", "-q", clone.toString());
    for (RescuedCommit rescued : List.of(first, second)) {
      run(clone, "sh", "-c", rescued.command() + " && git checkout -q FETCH_HEAD");
      assertThat(clone.resolve("mine.txt")).hasContent("mine\n");
      assertThat(run(clone, "git", "rev-parse", "HEAD").strip())
          .isEqualTo(rescued.commit().value());
    }
    assertThat(Folders.children(bare.getParent())).containsExactly(bare);
  }

  @Test
  void saysSoWhereItCanBeParkedNowhere() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = commit(copy);
      server.rejectPushes("read only");
      Path file = Files.writeString(temp.resolve("file"), "");

      var failure =
          catchThrowableOfType(
              PortException.class, () -> commit.rescue(attempt, file.resolve("parked.git")));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }
  }

  /** Without a HEAD, the avatar guesses the default branch by its name, to be safe. */
  @ParameterizedTest
  @ValueSource(strings = {"main", "master"})
  void refusesAUsualNameWhereTheRemoteHasNoHead(String name) throws Exception {
    remote.seed("develop", Map.of("a.txt", "a\n"));
    remote.delete("main");

    var failure =
        catchThrowableOfType(
            PortException.class,
            () -> checkOut(new BranchName(name), List.of(new BranchName("develop"))));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
  }

  private static String run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
