package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sandbox.limits.tree}: small repositories whose files take much room. */
class TreeLimitTest {
  private static final int LIMIT = 1_000_000;
  private static final BranchName WORK = new BranchName("work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private int tasks;

  @BeforeEach
  void start() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("a.txt", text(400_000)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  private WorkingCopy checkOut(GitFeatures features) throws InterruptedException {
    tasks++;
    var settings =
        GitSettings.of(JGitContract.IDENTITY)
            .withReuse(CacheSettings.in(temp.resolve("workspace")))
            .withFeatures(features)
            .withLargestTree(LIMIT);
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")),
            WORK,
            List.of(new BranchName("main")),
            temp.resolve("workspace/task/" + tasks));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  private void requireDenied(ThrowingCallable work, String reason) {
    PortException failure =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> catchThrowableOfType(PortException.class, work));

    assertThat(failure).hasMessageContaining(reason);
    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
  }

  private void requireDenied(GitFeatures features) {
    requireDenied(
        () -> checkOut(features).close(),
        "could not write the files of the repository: they have more");
  }

  private long bytes() throws IOException {
    try (var files = Files.walk(temp.resolve("workspace/trees"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /**
   * Puts a commit on the main branch whose folders are nested; each has the same child many times.
   */
  private void nest(int depth, int children, byte[] content) throws IOException {
    try (var repository = new FileRepository(server.path("app").toFile());
        ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId child = inserter.insert(Constants.OBJ_BLOB, content);
      for (int level = 0; level < depth; level++) {
        var tree = new TreeFormatter();
        for (int i = 0; i < children; i++) {
          FileMode mode = level == 0 ? FileMode.REGULAR_FILE : FileMode.TREE;
          tree.append(String.format("%05d", i), mode, child);
        }
        child = inserter.insert(tree);
      }
      var commit = new CommitBuilder();
      commit.setTreeId(child);
      commit.setParentId(repository.resolve("main"));
      commit.setAuthor(new PersonIdent("a", "a@example.com"));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage("nested");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      remote.move("main", new CommitId(id.name()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1100, 1000", "2, 40, 1000", "9, 10, 1", "9, 1000, 1"})
  void countsEachNameOfAFile(int depth, int children, int length) throws Exception {
    nest(depth, children, text(length).getBytes(UTF_8));

    requireDenied(GitFeatures.NONE);

    assertThat(temp.resolve("workspace/task/1")).doesNotExist();
    assertThat(bytes()).isLessThan(10_000);
  }

  /** Each file takes an inode, even if it is empty. */
  @Test
  void limitsTheNumberOfFiles() throws Exception {
    nest(3, 130, new byte[0]);

    requireDenied(() -> checkOut(GitFeatures.NONE).close(), "more than 2000000 files");
  }

  @Test
  void countsFilesThatAreInPlace() throws Exception {
    checkOut(GitFeatures.NONE).close();
    remote.commit("main", "more", Map.of("b/c.txt", TreeFile.of(text(500_000))));
    checkOut(GitFeatures.NONE).close();
    CommitId small = remote.headOf("main").orElseThrow();
    remote.commit("main", "most", Map.of("b/d.txt", TreeFile.of(text(200_000))));

    requireDenied(GitFeatures.NONE);

    remote.move("main", small);
    try (WorkingCopy copy = checkOut(GitFeatures.NONE)) {
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void countsTheContentsOfLfsFiles() {
    remote.commit(
        "main",
        "LFS",
        Map.of(
            ".gitattributes", TreeFile.of("*.bin filter=lfs\n"),
            "a.bin", TreeFile.of(pointer('a')),
            "b.bin", TreeFile.of(pointer('b'))));

    requireDenied(GitFeatures.NONE.withLfs());
  }

  private static String pointer(char digit) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:"
        + String.valueOf(digit).repeat(64)
        + "\nsize 400000\n";
  }

  @Test
  void countsTheFilesOfSubmodules() {
    SeededRepository library = server.createRepository("library");
    library.seed("main", Map.of("b.txt", text(700_000)));
    remote.commit(
        "main",
        "submodule",
        Map.of(
            ".gitmodules",
            TreeFile.of("[submodule \"l\"]\n\tpath = l\n\turl = ../library.git\n"),
            "l",
            TreeFile.submodule(library.headOf("main").orElseThrow().value())));

    requireDenied(GitFeatures.NONE.withSubmodules());
  }

  /** Others push a commit that is too large while a task works. */
  @Test
  void countsTheFilesOfACommitThatAChangeIsReplayedOn() throws Exception {
    remote.move("work", remote.headOf("main").orElseThrow());
    try (WorkingCopy copy = checkOut(GitFeatures.NONE)) {
      Files.writeString(copy.directory().resolve("new.txt"), "new\n");
      LocalCommit commit = stageAll(copy).commit("work");
      nest(9, 10, new byte[] {1});
      remote.move("work", remote.headOf("main").orElseThrow());
      assertThat(catchThrowableOfType(BranchMovedException.class, commit::push)).isNotNull();

      requireDenied(
          () -> commit.replay(Attempt.of(new TaskId("T-1"))),
          "could not write the files of the repository: they have more");
    }
  }
}
