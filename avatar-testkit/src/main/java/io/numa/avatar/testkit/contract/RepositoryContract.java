package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.BranchMovedException;
import io.numa.avatar.port.ChangedFile;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.LocalCommit;
import io.numa.avatar.port.Parked;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Replayed;
import io.numa.avatar.port.Repository;
import io.numa.avatar.port.StagedChange;
import io.numa.avatar.port.Touched;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.SeededRepository;
import io.numa.avatar.testkit.TreeFile;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Repository} must do. Extend it and say how to make one, with {@link #NAME} and
 * {@link #EMAIL} as its identity.
 */
public abstract class RepositoryContract {
  protected static final String NAME = "Numa Avatar";
  protected static final String EMAIL = "avatar@example.com";

  private static final BranchName MAIN = new BranchName("main");
  private static final BranchName WORK = new BranchName("dev-1-work");
  private static final TaskId TASK = new TaskId("1");
  private static final CommitId NOWHERE = new CommitId("0123456789".repeat(4));

  /** Belongs to one test. */
  @TempDir protected Path temp;

  private int homes;

  /** The repositories under test. */
  protected abstract Repository repository() throws IOException;

  /** Makes a remote repository without commits, whose HEAD is {@code main}. */
  protected abstract SeededRepository createRemote(String name) throws IOException;

  /** Where a remote made by {@link #createRemote} is reached. */
  protected abstract RepositoryUrl url(String name);

  private SeededRepository remote() throws IOException {
    SeededRepository remote = createRemote("app");
    remote.seed("main", Map.of("README.md", "one\ntwo\nthree\n", "src/App.java", "class App {}\n"));
    return remote;
  }

  private Path newHome() {
    return temp.resolve("home-" + homes++);
  }

  private WorkingCopy checkOut(BranchName branch, BranchName... bases)
      throws IOException, InterruptedException {
    return checkOut(newHome(), branch, bases);
  }

  private WorkingCopy checkOut(Path home, BranchName branch, BranchName... bases)
      throws IOException, InterruptedException {
    var checkout = new Checkout(url("app"), branch, List.of(bases), home, true);
    return repository().checkOut(checkout, progress -> {});
  }

  private static void write(WorkingCopy copy, String path, String text) throws IOException {
    Path file = copy.directory().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static LocalCommit commit(WorkingCopy copy) {
    return stageAll(copy).commit("work\n");
  }

  private static FailureKind kindOf(PortException failure) {
    assertThat(failure).isNotNull();
    return failure.kind();
  }

  private static Map<String, TreeFile> with(
      Map<String, TreeFile> files, Map<String, TreeFile> more) {
    Map<String, TreeFile> all = new TreeMap<>(files);
    all.putAll(more);
    return all;
  }

  private static Map<String, TreeFile> without(Map<String, TreeFile> files, String... paths) {
    Map<String, TreeFile> rest = new TreeMap<>(files);
    List.of(paths).forEach(rest::remove);
    return rest;
  }

  @Test
  void pushedChangesAreSeenByTheNextCheckout() throws Exception {
    remote();
    CommitId pushed;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "new.txt", "hi\n");
      LocalCommit commit = commit(copy);
      commit.push();
      pushed = commit.id();
    }

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.base().id()).isEqualTo(pushed);
      assertThat(copy.directory().resolve("new.txt")).hasContent("hi\n");
    }
  }

  @Test
  void checksOutTheBranchAtItsTipIfTheRemoteHasIt() throws Exception {
    SeededRepository remote = remote();
    CommitId tip = remote.seed(WORK.value(), Map.of("work.txt", "begun\n"));

    try (WorkingCopy copy = checkOut(WORK, MAIN)) {
      assertThat(copy.base().id()).isEqualTo(tip);
      assertThat(copy.directory()).isAbsolute();
      assertThat(copy.directory().resolve("work.txt")).hasContent("begun\n");
      assertThat(copy.directory().resolve("README.md")).doesNotExist();
    }
  }

  @Test
  void startsANewBranchFromTheFirstBase() throws Exception {
    SeededRepository remote = remote();
    CommitId release = remote.seed("release", Map.of("release.txt", "1\n"));

    try (WorkingCopy copy = checkOut(WORK, new BranchName("release"), MAIN)) {
      assertThat(copy.base().id()).isEqualTo(release);
    }
    assertThat(remote.branches()).containsExactly("main", "release");
  }

  @Test
  void startsANewBranchFromTheRemotesHeadIfNoBaseIsNamed() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.base().id()).isEqualTo(remote.headOf("main").orElseThrow());
    }
  }

  @Test
  void tellsTheBranchOfTheRemotesHead() throws Exception {
    SeededRepository remote = remote();
    remote.seed("a-branch-of-the-same-commit", Map.of("README.md", "one\n"));

    assertThat(repository().defaultBranch(url("app"))).contains(MAIN);
  }

  @Test
  void refusesABaseThatDoesNotExistAndLeavesNothing() throws Exception {
    remote();
    Path home = newHome();

    var failure =
        catchThrowableOfType(
            PortException.class, () -> checkOut(home, WORK, new BranchName("nowhere"), MAIN));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("nowhere").hasMessageContaining(url("app").value());
    assertThat(home).doesNotExist();
  }

  @Test
  void refusesARepositoryThatDoesNotExistAndLeavesNothing() throws Exception {
    Path home = newHome();

    var failure = catchThrowableOfType(PortException.class, () -> checkOut(home, WORK, MAIN));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(home).doesNotExist();
  }

  @Test
  void refusesARepositoryWithoutCommits() throws Exception {
    createRemote("app");

    var failure = catchThrowableOfType(PortException.class, () -> checkOut(WORK));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("HEAD");
  }

  @Test
  void commitsNothingIfNothingDiffers() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "changed\n");
      write(copy, "README.md", "one\ntwo\nthree\n");

      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(diff(copy)).isEmpty();
    }
  }

  @Test
  void findsWhatHasChangedWhereItIsToldToLook() throws Exception {
    SeededRepository remote = remote();
    remote.commit("main", "more", Map.of("deep/er/old.txt", TreeFile.of("old\n")));

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.stage(Touched.NOWHERE, Long.MAX_VALUE).changes()).isEmpty();
      write(copy, "README.md", "changed\n");
      write(copy, "deep/er/new.txt", "new\n");
      Files.delete(copy.directory().resolve("deep/er/old.txt"));

      var touched = Set.of(path("README.md"), path("deep/er"));
      assertThat(copy.stage(Touched.NOWHERE.and(touched), Long.MAX_VALUE).changes())
          .extracting(change -> change.path().value())
          .containsExactly("README.md", "deep/er/new.txt", "deep/er/old.txt");
    }
  }

  private static WorkspacePath path(String path) {
    return new WorkspacePath(path);
  }

  @Test
  void commitsTheTreeAsItWasWhenStaged() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "work.txt", "work\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      write(copy, "work.txt", "changed by the tests\n");
      write(copy, "report.xml", "<testsuite/>\n");
      change.commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(remote.files("main"), Map.of("work.txt", TreeFile.of("work\n"))));
  }

  @Test
  void writesTheBaseCommitsFilesIntoAFolderOfTheirOwn() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main",
        "more",
        Map.of("run.sh", TreeFile.executable("#!/bin/sh\n"), "link", TreeFile.link("README.md")));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "changed\n");
      write(copy, "work.txt", "work\n");
      stageAll(copy);
      Path base = copy.base().checkOut();

      assertThat(base).isAbsolute();
      assertThat(base.startsWith(copy.directory())).isFalse();
      assertThat(base.resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(base.resolve("run.sh")).isExecutable();
      assertThat(Files.readSymbolicLink(base.resolve("link"))).isEqualTo(Path.of("README.md"));
      assertThat(base.resolve("work.txt")).doesNotExist();
      assertThat(base.resolve(".git")).isDirectory();
      assertThat(copy.directory().resolve("README.md")).hasContent("changed\n");
    }
  }

  @Test
  void commitsNothingThatIsWrittenBesideTheBaseCommitsFiles() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "work.txt", "work\n");
      Path base = copy.base().checkOut();
      Files.writeString(base.resolve("README.md"), "changed by tests\n");
      Files.writeString(base.resolve("report.xml"), "<testsuite/>\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(remote.files("main"), Map.of("work.txt", TreeFile.of("work\n"))));
  }

  @Test
  void writesTheBaseCommitsFilesAnewEachTimeAndRemovesThemAtLast() throws Exception {
    remote();

    Path base;
    try (WorkingCopy copy = checkOut(WORK)) {
      base = copy.base().checkOut();
      Files.delete(base.resolve("README.md"));
      Files.writeString(base.resolve("left.txt"), "left\n");

      assertThat(copy.base().checkOut()).isEqualTo(base);
      assertThat(base.resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(base.resolve("left.txt")).doesNotExist();
    }
    assertThat(base).doesNotExist();
  }

  @Test
  void knowsTheBaseCommitsFilesByOneIdWhateverTheCommit() throws Exception {
    SeededRepository remote = remote();
    remote.commit("same", "begun otherwise", remote.files("main"));
    remote.seed("other", Map.of("README.md", "other\n"));

    try (WorkingCopy main = checkOut(MAIN);
        WorkingCopy same = checkOut(new BranchName("same"));
        WorkingCopy other = checkOut(new BranchName("other"))) {
      assertThat(same.base().id()).isNotEqualTo(main.base().id());
      assertThat(same.base().tree()).isEqualTo(main.base().tree());
      assertThat(other.base().tree()).isNotEqualTo(main.base().tree());
    }
  }

  @Test
  void commitsWithoutDifferenceIfToldTo() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      LocalCommit commit = stageAll(copy).commit("work");
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      assertThat(remote.files(WORK.value())).isEqualTo(remote.files("main"));
    }
  }

  @Test
  void commitsOnceOnTopOfTheBaseInItsOwnName() throws Exception {
    SeededRepository remote = remote();
    String message = "feat: größer\n\nNuma-Task: 1\n";

    CommitId commit;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "a\n");
      stageAll(copy).commit("first try");
      write(copy, "b.txt", "b\n");
      LocalCommit second = stageAll(copy).commit(message);
      second.push();
      commit = second.id();
    }

    var log = remote.log(WORK.value());
    assertThat(log).hasSize(2);
    assertThat(log.get(0))
        .isEqualTo(new SeededRepository.LogEntry(commit, NAME, EMAIL, log.get(0).time(), message));
    assertThat(log.get(1)).isEqualTo(remote.log("main").get(0));
    assertThat(remote.files(WORK.value())).containsKeys("a.txt", "b.txt");
  }

  @Test
  void keepsDeletionsModesLinksAndRenames() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main",
        "more",
        Map.of(
            "run.sh", TreeFile.executable("#!/bin/sh\n"),
            "link", TreeFile.link("README.md"),
            "old/name.txt", TreeFile.of("moved\n"),
            "becomes-folder", TreeFile.of("file\n"),
            "becomes-file/inside", TreeFile.of("inside\n")));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      assertThat(Files.isExecutable(tree.resolve("run.sh"))).isTrue();
      assertThat(Files.readSymbolicLink(tree.resolve("link"))).isEqualTo(Path.of("README.md"));
      Files.delete(tree.resolve("src/App.java"));
      Files.createDirectory(tree.resolve("new"));
      Files.move(tree.resolve("old/name.txt"), tree.resolve("new/name.txt"));
      Files.setPosixFilePermissions(
          tree.resolve("README.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere/at/all"));
      Files.delete(tree.resolve("becomes-folder"));
      write(copy, "becomes-folder/inside", "now\n");
      Files.delete(tree.resolve("becomes-file/inside"));
      Files.delete(tree.resolve("becomes-file"));
      write(copy, "becomes-file", "now\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                without(
                    before,
                    "src/App.java",
                    "old/name.txt",
                    "becomes-folder",
                    "becomes-file/inside"),
                Map.of(
                    "new/name.txt", TreeFile.of("moved\n"),
                    "README.md", TreeFile.executable("one\ntwo\nthree\n"),
                    "dangling", TreeFile.link("nowhere/at/all"),
                    "becomes-folder/inside", TreeFile.of("now\n"),
                    "becomes-file", TreeFile.of("now\n"))));
  }

  @Test
  void leavesIgnoredFilesOutUnlessTheyAreTracked() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        "main",
        Map.of(
            ".gitignore", "*.log\n/out/\n!keep.log\n",
            "tracked.log", "before\n",
            "sub/.gitignore", "*.tmp\n"));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.log", "no\n");
      write(copy, "out/a.txt", "no\n");
      write(copy, "sub/a.tmp", "no\n");
      write(copy, "a.tmp", "yes\n");
      write(copy, "sub/keep.log", "yes\n");
      write(copy, "tracked.log", "after\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                before,
                Map.of(
                    "a.tmp", TreeFile.of("yes\n"),
                    "sub/keep.log", TreeFile.of("yes\n"),
                    "tracked.log", TreeFile.of("after\n"))));
  }

  @Test
  void leavesTheStateOfCodingAgentsOutUnlessTheBaseHasIt() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".claude/settings.json", "{}\n"));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      for (String path :
          List.of(
              ".qwen/a",
              ".gemini/a",
              ".codex/a",
              ".opencode/a/b",
              ".aider.chat.history.md",
              ".aider.tags.cache/a",
              "sub/.qwen/a")) {
        write(copy, path, "state\n");
      }
      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(diff(copy)).isEmpty();

      write(copy, ".claude/settings.json", "{\"a\": 1}\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of(".claude/settings.json", TreeFile.of("{\"a\": 1}\n"))));
  }

  @Test
  void leavesSubmodulesWhereTheyAre() throws Exception {
    SeededRepository remote = remote();
    remote.commit("main", "submodule", Map.of("lib", TreeFile.submodule("0123456789".repeat(4))));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of("a.txt", TreeFile.of("a\n"))));
  }

  @Test
  void refusesToCommitARepositoryInTheTree() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "vendor/lib/.git/HEAD", "ref: refs/heads/main\n");
      write(copy, "vendor/lib/a.txt", "a\n");

      var failure = catchThrowableOfType(PortException.class, () -> commit(copy));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
      assertThat(failure).hasMessageContaining("vendor/lib");
    }
  }

  @Test
  void pushesNothingIfTheBranchHasMovedMeanwhile() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);

      var failure = catchThrowableOfType(BranchMovedException.class, commit::push);

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  void pushesWhatItWasToldToExpect() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      StagedChange change = stageAll(copy);
      change.preparePush();
      change.preparePush();
      LocalCommit commit = change.commit("work\n");
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      change.preparePush(); // and none comes
    }
  }

  @Test
  void pushesNothingIfTheBranchHasMovedSinceAPushWasExpected() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      StagedChange change = stageAll(copy);
      change.preparePush();
      LocalCommit commit = change.commit("work\n");
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));

      assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  void pushesNothingIfTheBranchWasMadeMeanwhile() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId main = remote.headOf("main").orElseThrow();
      remote.move(WORK.value(), main);
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);

      var failure = catchThrowableOfType(BranchMovedException.class, commit::push);

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(remote.headOf(WORK.value())).contains(main);
    }
  }

  /** A commit that lost its race, and what the others have on the branch. */
  private WorkingCopy loser(SeededRepository remote, Map<String, TreeFile> others)
      throws Exception {
    WorkingCopy copy = checkOut(WORK);
    remote.commit(WORK.value(), "others' work", others);
    return copy;
  }

  private static LocalCommit commitTooLate(WorkingCopy copy) {
    LocalCommit commit = commit(copy);
    assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
    return commit;
  }

  private static StagedChange replay(LocalCommit commit) throws InterruptedException {
    Replayed replayed = commit.replay(Attempt.of(TASK));
    assertThat(replayed).isInstanceOf(Replayed.Staged.class);
    return ((Replayed.Staged) replayed).change();
  }

  private static Optional<CommitId> landed(Replayed replayed) {
    return replayed instanceof Replayed.Landed landed
        ? Optional.of(landed.commit())
        : Optional.empty();
  }

  @Test
  void replaysACommitOnWhatOthersHavePushed() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "1\n2\n3\n4\n5\n", "gone.txt", "gone\n"));

    try (WorkingCopy copy =
        loser(
            remote,
            Map.of("a.txt", TreeFile.of("one\n2\n3\n4\n5\n"), "b/b.txt", TreeFile.of("b\n")))) {
      CommitId others = remote.headOf(WORK.value()).orElseThrow();
      write(copy, "a.txt", "1\n2\n3\n4\nfive\n");
      write(copy, "c.txt", "c\n");
      Files.delete(copy.directory().resolve("gone.txt"));
      LocalCommit late = commitTooLate(copy);
      write(copy, "left by tests.txt", "left\n");
      write(copy, "c.txt", "changed by tests\n");

      Replayed replayed = late.replay(Attempt.of(TASK));

      assertThat(replayed.tip()).contains(others.abbreviated(), "others' work", "Seeder");
      assertThat(replayed).isInstanceOf(Replayed.Staged.class);
      StagedChange change = ((Replayed.Staged) replayed).change();
      assertThat(copy.base().id()).isEqualTo(others);
      assertThat(change.changes())
          .containsExactly(
              new ChangedFile(new WorkspacePath("a.txt"), 15),
              new ChangedFile(new WorkspacePath("c.txt"), 2),
              new ChangedFile(new WorkspacePath("gone.txt"), 0));
      assertThat(copy.directory().resolve("a.txt")).hasContent("one\n2\n3\n4\nfive\n");
      assertThat(copy.directory().resolve("b/b.txt")).hasContent("b\n");
      assertThat(copy.directory().resolve("c.txt")).hasContent("c\n");
      assertThat(copy.directory().resolve("gone.txt")).doesNotExist();
      assertThat(copy.directory().resolve("left by tests.txt")).hasContent("left\n");

      LocalCommit commit = change.commit("work\n");
      commit.push();

      assertThat(remote.log(WORK.value()))
          .extracting(SeededRepository.LogEntry::id)
          .startsWith(commit.id(), others);
      assertThat(remote.files(WORK.value()))
          .isEqualTo(
              Map.of(
                  "a.txt", TreeFile.of("one\n2\n3\n4\nfive\n"),
                  "b/b.txt", TreeFile.of("b\n"),
                  "c.txt", TreeFile.of("c\n")));
    }
  }

  @Test
  void replaysAsOftenAsTheBranchMoves() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      StagedChange change = stageAll(copy);
      for (int i = 0; i < 3; i++) {
        remote.seed(WORK.value(), Map.of("theirs " + i + ".txt", i + "\n"));
        LocalCommit commit = change.commit("work\n");
        assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
        change = replay(commit);
        assertThat(change.changes()).isNotEmpty();
      }
      change.commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .containsOnlyKeys("a.txt", "mine.txt", "theirs 0.txt", "theirs 1.txt", "theirs 2.txt");
    assertThat(remote.log(WORK.value())).hasSize(5);
  }

  @Test
  void replaysOnABranchThatWasMadeMeanwhile() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK, MAIN)) {
      remote.move(WORK.value(), remote.headOf("main").orElseThrow());
      CommitId others = remote.seed(WORK.value(), Map.of("theirs.txt", "theirs\n"));
      write(copy, "mine.txt", "mine\n");
      replay(commitTooLate(copy)).commit("work\n").push();

      assertThat(remote.log(WORK.value()).get(1).id()).isEqualTo(others);
      assertThat(remote.files(WORK.value()))
          .isEqualTo(
              with(
                  remote.files("main"),
                  Map.of(
                      "theirs.txt", TreeFile.of("theirs\n"),
                      "mine.txt", TreeFile.of("mine\n"))));
    }
  }

  @Test
  void replaysOnABranchThatWasWrittenAnew() throws Exception {
    SeededRepository remote = remote();
    CommitId first = remote.seed(WORK.value(), Map.of("a.txt", "a\n"));
    remote.seed(WORK.value(), Map.of("taken back.txt", "no\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      remote.move(WORK.value(), first);
      StagedChange change = replay(commitTooLate(copy));
      assertThat(copy.directory().resolve("taken back.txt")).doesNotExist();
      change.commit("work\n").push();

      assertThat(remote.files(WORK.value())).containsOnlyKeys("a.txt", "mine.txt");
    }
  }

  @Test
  void doesNotBringADeletedBranchBack() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      remote.delete(WORK.value());
      LocalCommit commit = commitTooLate(copy);

      var failure =
          catchThrowableOfType(PortException.class, () -> commit.replay(Attempt.of(TASK)));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("deleted");
      assertThat(remote.branches()).containsExactly("main");
    }
  }

  @Test
  void replaysModesLinksRenamesAndSubmodules() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        WORK.value(),
        "begin",
        Map.of(
            "run.sh", TreeFile.of("1\n2\n3\n"),
            "old/name.txt", TreeFile.of("moved\n"),
            "becomes-folder", TreeFile.of("file\n"),
            "becomes-file/inside", TreeFile.of("inside\n"),
            "link", TreeFile.link("run.sh"),
            "lib", TreeFile.submodule("0123456789".repeat(4))));
    Map<String, TreeFile> before = remote.files(WORK.value());

    try (WorkingCopy copy =
        loser(
            remote,
            Map.of(
                "run.sh", TreeFile.of("1\n2\nthree\n"),
                "theirs.sh", TreeFile.executable("x\n"),
                "their-link", TreeFile.link("old"),
                "lib", TreeFile.submodule("9876543210".repeat(4))))) {
      Path tree = copy.directory();
      Files.setPosixFilePermissions(
          tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(tree.resolve("new"));
      Files.move(tree.resolve("old/name.txt"), tree.resolve("new/name.txt"));
      Files.delete(tree.resolve("becomes-folder"));
      write(copy, "becomes-folder/inside", "now\n");
      Files.delete(tree.resolve("becomes-file/inside"));
      Files.delete(tree.resolve("becomes-file"));
      write(copy, "becomes-file", "now\n");
      Files.delete(tree.resolve("link"));
      Files.createSymbolicLink(tree.resolve("link"), Path.of("nowhere"));
      StagedChange change = replay(commitTooLate(copy));

      assertThat(tree.resolve("run.sh")).isExecutable().hasContent("1\n2\nthree\n");
      assertThat(tree.resolve("theirs.sh")).isExecutable();
      assertThat(Files.readSymbolicLink(tree.resolve("their-link"))).isEqualTo(Path.of("old"));
      assertThat(Files.readSymbolicLink(tree.resolve("link"))).isEqualTo(Path.of("nowhere"));
      change.commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                without(before, "old/name.txt", "becomes-folder", "becomes-file/inside"),
                Map.of(
                    "run.sh", TreeFile.executable("1\n2\nthree\n"),
                    "new/name.txt", TreeFile.of("moved\n"),
                    "becomes-folder/inside", TreeFile.of("now\n"),
                    "becomes-file", TreeFile.of("now\n"),
                    "link", TreeFile.link("nowhere"),
                    "theirs.sh", TreeFile.executable("x\n"),
                    "their-link", TreeFile.link("old"),
                    "lib", TreeFile.submodule("9876543210".repeat(4)))));
  }

  @Test
  void replaysFilesWithCrLfAndBinaryOnesByteForByte() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        WORK.value(),
        Map.of("crlf.txt", "1\r\n2\r\n3\r\n", "mine.bin", "m\0\r\n", "theirs.bin", "t\0\n"));

    try (WorkingCopy copy =
        loser(
            remote,
            Map.of(
                "crlf.txt", TreeFile.of("one\r\n2\r\n3\r\n"),
                "theirs.bin", TreeFile.of("T\0\r\n\n")))) {
      write(copy, "crlf.txt", "1\r\n2\r\nthree\r\n");
      write(copy, "mine.bin", "M\0\r\n\r");
      replay(commitTooLate(copy)).commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            Map.of(
                "crlf.txt", TreeFile.of("one\r\n2\r\nthree\r\n"),
                "mine.bin", TreeFile.of("M\0\r\n\r"),
                "theirs.bin", TreeFile.of("T\0\r\n\n")));
  }

  @Test
  void namesBothSidesOfAConflictAndParksTheCommit() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n", "bin", "\0\n", "both", "1\n"));

    try (WorkingCopy copy =
        loser(
            remote,
            Map.of(
                "a.txt", TreeFile.of("theirs\n"),
                "bin", TreeFile.of("\0theirs\n"),
                "both", TreeFile.of("2\n")))) {
      CommitId others = remote.headOf(WORK.value()).orElseThrow();
      write(copy, "a.txt", "ours\n");
      write(copy, "bin", "\0ours\n");
      write(copy, "both", "2\n");
      LocalCommit commit = commitTooLate(copy);
      CommitId ours = commit.id();
      var attempt = Attempt.of(TASK);

      var failure = catchThrowableOfType(PortException.class, () -> commit.replay(attempt));
      Parked parked = commit.rescue(attempt, temp.resolve("parked.git"));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure)
          .hasMessageContainingAll("a.txt", "bin", WORK.value())
          .hasMessageContaining("ours: " + ours.abbreviated() + " \"work\" by " + NAME)
          .hasMessageContaining("theirs: " + others.abbreviated() + " \"others' work\" by Seeder");
      assertThat(failure.getMessage()).doesNotContain("both'");
      assertThat(parked)
          .isEqualTo(
              new Parked(
                  ours, url("app").value(), "refs/numa/parked/" + TASK + "/" + attempt.id()));
      assertThat(remote.refs("refs/numa/")).isEqualTo(Map.of(parked.ref(), ours));
      assertThat(remote.files(ours)).containsEntry("a.txt", TreeFile.of("ours\n"));
      assertThat(remote.headOf(WORK.value())).contains(others);
      assertThat(copy.directory().resolve("a.txt")).hasContent("ours\n");
    }
  }

  @Test
  void leavesNothingToCommitWhereOthersHaveDoneTheSame() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = loser(remote, Map.of("a.txt", TreeFile.of("b\n")))) {
      write(copy, "a.txt", "b\n");
      assertThat(replay(commitTooLate(copy)).changes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, false"})
  void knowsTheSameChangeOfAnotherAttemptAtTheTask(String task, boolean same) throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId earlier =
          remote.commit(
              WORK.value(),
              "feat: work\n\n" + trailers(Attempt.of(TASK)),
              Map.of("a.txt", TreeFile.of("b\n")));
      remote.seed(WORK.value(), Map.of("more.txt", "more\n"));
      write(copy, "a.txt", "b\n");
      LocalCommit commit = commitTooLate(copy);

      Replayed replayed = commit.replay(Attempt.of(new TaskId(task)));

      assertThat(landed(replayed)).isEqualTo(same ? Optional.of(earlier) : Optional.empty());
    }
  }

  /** Its push was taken and the answer lost; then others came, and changed the same. */
  @Test
  void knowsItsOwnCommitBelowThoseOfOthers() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));
    var attempt = Attempt.of(TASK);

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId arrived =
          remote.commit(
              WORK.value(),
              "feat: work\n\n" + trailers(attempt),
              Map.of("a.txt", TreeFile.of("b\n")));
      remote.seed(WORK.value(), Map.of("a.txt", "changed by others\n"));
      write(copy, "a.txt", "b\n");
      LocalCommit commit = commitTooLate(copy);

      assertThat(landed(commit.replay(attempt))).contains(arrived);
    }
  }

  @Test
  void refusesTheDefaultBranchUnlessItIsAllowedAndLeavesNothing() throws Exception {
    remote();
    Path home = newHome();

    var failure =
        catchThrowableOfType(
            PortException.class,
            () ->
                repository()
                    .checkOut(new Checkout(url("app"), MAIN, List.of(), home), progress -> {}));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
    assertThat(failure)
        .hasMessageContainingAll("'main'", "default branch", "git.allow_default_branch: true");
    assertThat(home).doesNotExist();
    try (WorkingCopy copy = checkOut(MAIN)) {
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }
  }

  @Test
  void pushesOnceOnly() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);
      commit.push();
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  void isNotBegunByAnInterruptedThread() throws Exception {
    remote();
    Path home = newHome();

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> checkOut(home, WORK)).isInstanceOf(InterruptedException.class);
    assertThat(home).doesNotExist();
  }

  @Test
  void removesItsFolderWhenItIsClosed() throws Exception {
    remote();
    Path home = newHome();

    WorkingCopy copy = checkOut(home, WORK);
    Path locked = Files.createDirectories(copy.directory().resolve("locked/inner"));
    Files.writeString(locked.resolve("file"), "x");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
    Path outside = Files.writeString(temp.resolve("outside.txt"), "stays");
    Files.createSymbolicLink(copy.directory().resolve("way-out"), temp);
    copy.close();
    copy.close();

    assertThat(home).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "file", "link", "rewritten"})
  void doesNotCareWhatBecomesOfTheTreesOwnGitDirectory(String fate) throws Exception {
    SeededRepository remote = remote();
    Map<String, TreeFile> before = remote.files("main");
    Path trace = temp.resolve("hook-ran");

    try (WorkingCopy copy = checkOut(WORK)) {
      Path git = copy.directory().resolve(".git");
      if (fate.equals("rewritten")) {
        plant(git, trace);
      } else {
        deleteRecursively(git);
      }
      if (fate.equals("file")) {
        Files.writeString(git, "gitdir: /nowhere\n");
      } else if (fate.equals("link")) {
        Files.createSymbolicLink(git, Files.createDirectory(temp.resolve("elsewhere")));
      }
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of("a.txt", TreeFile.of("a\n"))));
    assertThat(trace).doesNotExist();
  }

  /** Hooks, a filter, a rewritten URL and another HEAD: all that could lead a commit astray. */
  private static void plant(Path git, Path trace) throws IOException {
    Path hooks = Files.createDirectories(git.resolve("hooks"));
    for (String hook :
        List.of("pre-commit", "commit-msg", "post-commit", "pre-push", "post-checkout")) {
      Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\ntouch '" + trace + "'\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createDirectories(git.resolve("info"));
    Files.writeString(git.resolve("info/attributes"), "* filter=evil\n");
    Files.writeString(git.resolve("info/exclude"), "*\n");
    Files.writeString(
        git.resolve("config"),
        """
        [core]
          repositoryformatversion = 0
          hooksPath = hooks
          autocrlf = true
        [filter "evil"]
          clean = touch 'PLACE' && cat
          smudge = touch 'PLACE' && cat
        [url "file:///nowhere/"]
          insteadOf = http
          insteadOf = ssh
          insteadOf = /
          insteadOf = file
        """
            .replace("PLACE", trace.toString()));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/evil\n");
  }

  @Test
  void keepsNamesBeyondAsciiIntact() throws Exception {
    SeededRepository remote = remote();
    var branch = new BranchName("dev-7-größe-名前");
    remote.seed("main", Map.of("дом/файл.txt", "есть\n"));

    try (WorkingCopy copy = checkOut(branch)) {
      assertThat(copy.directory().resolve("дом/файл.txt")).hasContent("есть\n");
      write(copy, "名前/ö.txt", "ö\n");
      commit(copy).push();
    }

    assertThat(remote.branches()).containsExactly(branch.value(), "main");
    assertThat(remote.files(branch.value()))
        .containsEntry("дом/файл.txt", TreeFile.of("есть\n"))
        .containsEntry("名前/ö.txt", TreeFile.of("ö\n"));
  }

  @Test
  void findsAPushedCommitAtTheTip() throws Exception {
    SeededRepository remote = remote();
    CommitId pushed = remote.seed(WORK.value(), Map.of("work.txt", "work\n"));

    // By its id: it says nothing of the attempt.
    assertThat(findPushed(Attempt.of(TASK), pushed)).contains(pushed);
  }

  @Test
  void findsAPushedCommitBelowThoseOfOthersByItsTrailers() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    CommitId pushed = commitOf(remote, attempt);
    for (int i = 0; i < 7; i++) {
      remote.seed(WORK.value(), Map.of("more.txt", "more " + i + "\n"));
    }

    assertThat(findPushed(attempt, NOWHERE)).contains(pushed);
    assertThat(findPushed(attempt, pushed)).contains(pushed);
  }

  @Test
  void doesNotTakeTheCommitOfAnotherAttemptOrTaskForThePushedOne() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    commitOf(remote, Attempt.of(TASK));
    commitOf(remote, new Attempt(new TaskId("2"), attempt.id(), Optional.empty()));
    remote.seed(WORK.value(), Map.of("more.txt", "more\n"));

    assertThat(findPushed(attempt, NOWHERE)).isEmpty();
  }

  @Test
  void doesNotTakeTextThatQuotesTrailersForTrailers() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    remote.commit(
        WORK.value(), trailers(attempt) + "\nare the trailers of some attempt\n", Map.of());

    assertThat(findPushed(attempt, NOWHERE)).isEmpty();
  }

  @Test
  void findsNothingPushedWhereThereIsNoBranch() throws Exception {
    remote();

    assertThat(findPushed(Attempt.of(TASK), NOWHERE)).isEmpty();
  }

  @Test
  void refusesToLookForAPushedCommitInARepositoryThatDoesNotExist() {
    var failure =
        catchThrowableOfType(PortException.class, () -> findPushed(Attempt.of(TASK), NOWHERE));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
  }

  private Optional<CommitId> findPushed(Attempt attempt, CommitId commit)
      throws IOException, InterruptedException {
    return repository().findPushed(attempt, new PendingPush(url("app"), WORK, commit));
  }

  private static CommitId commitOf(SeededRepository remote, Attempt attempt) {
    return remote.commit(
        WORK.value(),
        "feat: work\n\nNuma-Avatar: avatar_001\n" + trailers(attempt),
        Map.of("work.txt", TreeFile.of(attempt + "\n")));
  }

  private static String trailers(Attempt attempt) {
    return "Numa-Task: " + attempt.task() + "\nNuma-Attempt: " + attempt.id() + "\n";
  }

  @Test
  void appliesAPatch() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      apply(
          copy,
          patch(
              """
              diff --git a/README.md b/README.md
              --- a/README.md
              +++ b/README.md
              @@ -1,3 +1,3 @@
               one
              -two
              +2
               three
              diff --git a/new/file.txt b/new/file.txt
              new file mode 100644
              --- /dev/null
              +++ b/new/file.txt
              @@ -0,0 +1 @@
              +new
              diff --git a/src/App.java b/src/App.java
              deleted file mode 100644
              --- a/src/App.java
              +++ /dev/null
              @@ -1 +0,0 @@
              -class App {}
              """));

      assertThat(copy.directory().resolve("README.md")).hasContent("one\n2\nthree\n");
      assertThat(copy.directory().resolve("new/file.txt")).hasContent("new\n");
      assertThat(copy.directory().resolve("src/App.java")).doesNotExist();
    }
  }

  @Test
  void leavesTheTreeAsItWasIfOneHunkDoesNotFit() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(
              PortException.class,
              () ->
                  apply(
                      copy,
                      patch(
                          """
                          diff --git a/new.txt b/new.txt
                          new file mode 100644
                          --- /dev/null
                          +++ b/new.txt
                          @@ -0,0 +1 @@
                          +new
                          diff --git a/README.md b/README.md
                          --- a/README.md
                          +++ b/README.md
                          @@ -1,3 +1,3 @@
                           one
                          -zwei
                          +2
                           three
                          """)));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure).hasMessageContaining("README.md");
      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(copy.directory().resolve("new.txt")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.txt", ".git/hooks/pre-commit", "sub/.GIT/config"})
  void refusesAPatchThatLeadsOutOfTheTree(String path) throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(
              PortException.class,
              () ->
                  apply(
                      copy,
                      patch(
                          """
                          diff --git a/PLACE b/PLACE
                          new file mode 100644
                          --- /dev/null
                          +++ b/PLACE
                          @@ -0,0 +1 @@
                          +new
                          """
                              .replace("PLACE", path))));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
      assertThat(copy.directory().resolve(path)).doesNotExist();
    }
  }

  @Test
  void refusesTextThatIsNoPatch() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(PortException.class, () -> apply(copy, patch("change it\n")));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.INVALID_PLAN);
    }
  }

  @Test
  void writesADiffThatTheNextWorkingCopyCanApply() throws Exception {
    SeededRepository remote = remote();
    PatchText patch;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "one\n2\nthree\n");
      write(copy, "new.txt", "new\n");
      Files.delete(copy.directory().resolve("src/App.java"));
      patch = new PatchText(diff(copy), 1);
    }

    try (WorkingCopy copy = checkOut(WORK)) {
      apply(copy, patch);
      commit(copy).push();
    }

    assertThat(new String(patch.diff(), UTF_8)).contains("--- a/README.md\n+++ b/README.md\n");
    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            Map.of("README.md", TreeFile.of("one\n2\nthree\n"), "new.txt", TreeFile.of("new\n")));
  }

  @Test
  void leavesItToTheChangeWhetherAPatchLasts() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      try (Change change = workspace(copy).begin()) {
        copy.apply(
            patch("--- a/README.md\n+++ b/README.md\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"),
            change);
        assertThat(copy.directory().resolve("README.md")).content().startsWith("one\n2\n");
      }

      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void tellsWhichFilesAreChanged() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "new/file.txt", "four");
      write(copy, "README.md", "1\n");
      Files.delete(copy.directory().resolve("src/App.java"));

      assertThat(stageAll(copy).changes())
          .containsExactly(
              new ChangedFile(new WorkspacePath("README.md"), 2),
              new ChangedFile(new WorkspacePath("new/file.txt"), 4),
              new ChangedFile(new WorkspacePath("src/App.java"), 0));
    }
  }

  @Test
  void readsWhatAChangeAdds() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        WORK.value(),
        Map.of("a.txt", "one\ntwo\nthree\nfour", "gone.txt", "gone\n", "moved.txt", "moved\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "zero\none\nthree\nfour\nfive\nsix");
      write(copy, "new/b.txt", "first\nsecond");
      write(copy, "to.txt", "moved\n");
      Files.delete(copy.directory().resolve("gone.txt"));
      Files.delete(copy.directory().resolve("moved.txt"));
      Files.createSymbolicLink(copy.directory().resolve("z.link"), Path.of("where/to"));

      assertThat(added(stageAll(copy)))
          .isEqualTo(
              Map.of(
                  "a.txt", "zero\nfour\nfive\nsix\n",
                  "new/b.txt", "new/b.txt\nfirst\nsecond",
                  "to.txt", "to.txt\n",
                  "z.link", "z.link\nwhere/to"));
    }
  }

  /** There are no lines in it by which old and new could be told apart. */
  @Test
  void readsAllOfABinaryFileThatChanged() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("bin", "old\0\nsame\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "bin", "new\0\nsame\n");

      assertThat(added(stageAll(copy))).isEqualTo(Map.of("bin", "new\0\nsame\n"));
    }
  }

  @Test
  void readsNothingOfAChangeThatTakesAwayOnly() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "one\nthree\n");
      Path file = copy.directory().resolve("src/App.java");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      StagedChange change = stageAll(copy);
      write(copy, "README.md", "not staged\n");

      assertThat(String.join("", added(change).values())).isEmpty();
    }
  }

  private static Map<String, String> added(StagedChange change) {
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    change.added(
        path -> files.computeIfAbsent(path.toString(), name -> new ByteArrayOutputStream())::write);
    Map<String, String> texts = new TreeMap<>();
    files.forEach((path, bytes) -> texts.put(path, bytes.toString(UTF_8)));
    return texts;
  }

  private static void apply(WorkingCopy copy, PatchText patch) throws IOException {
    try (Change change = workspace(copy).begin()) {
      copy.apply(patch, change);
      change.keep();
    }
  }

  private static Workspace workspace(WorkingCopy copy) {
    return Workspace.of(copy.directory(), copy.directory().resolveSibling("scratch"));
  }

  private static PatchText patch(String text) {
    return new PatchText(text.getBytes(UTF_8), 1);
  }

  private static byte[] diff(WorkingCopy copy) throws IOException {
    var out = new ByteArrayOutputStream();
    StagedChange change = stageAll(copy);
    change.diff(out);
    assertThat(change.changes().isEmpty()).isEqualTo(out.size() == 0);
    return out.toByteArray();
  }

  private static void deleteRecursively(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(one);
      }
    }
  }
}
