package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseTreeTest {
  private static final BranchName WORK = new BranchName("dev-1-work");
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"))
          .withFeatures(GitFeatures.NONE.withSparse(SparseCone.of(List.of("src/app"))));

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed(
        "main",
        Map.of(
            "pom.xml", "root\n",
            "src/pom.xml", "above\n",
            "src/app/deep/App.java", "app\n",
            "src/lib/Lib.java", "lib\n",
            "src/lib/sub/More.java", "more\n",
            "docs/a.md", "a\n",
            "docs/b.md", "b\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")), WORK, List.of(), temp.resolve("home"));
    return new JGitRepository(SETTINGS, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  @Test
  void writesTheConeAndTheFilesAboveItOnly() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      for (Path tree : List.of(copy.directory(), copy.base().checkOut())) {
        assertThat(tree.resolve("pom.xml")).exists();
        assertThat(tree.resolve("src/pom.xml")).exists();
        assertThat(tree.resolve("src/app/deep/App.java")).exists();
        assertThat(tree.resolve("src/lib")).doesNotExist();
        assertThat(tree.resolve("docs")).doesNotExist();
      }
      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(Programs.run(copy.directory(), "git", "status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void keepsWhatIsLeftOutAndCommitsWhatWasWrittenThere() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.delete(tree.resolve("src/app/deep/App.java"));
      Files.createDirectories(tree.resolve("docs"));
      Files.writeString(tree.resolve("docs/a.md"), "changed\n");
      Files.writeString(tree.resolve("docs/new.md"), "new\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      change.commit("work").push();
    }

    Map<String, TreeFile> expected = new TreeMap<>(remote.files("main"));
    expected.remove("src/app/deep/App.java");
    expected.put("docs/a.md", TreeFile.of("changed\n"));
    expected.put("docs/new.md", TreeFile.of("new\n"));
    assertThat(remote.files(WORK.value())).isEqualTo(expected);
  }

  @Test
  void whatTakesThePlaceOfAFolderOrFileReplacesIt() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.writeString(tree.resolve("src/lib"), "a file now\n");
      Files.createDirectories(tree.resolve("docs/a.md"));
      Files.writeString(tree.resolve("docs/a.md/part"), "a folder now\n");
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .containsOnlyKeys(
            "pom.xml",
            "src/pom.xml",
            "src/app/deep/App.java",
            "src/lib",
            "docs/a.md/part",
            "docs/b.md");
    Programs.run(server.path("app"), "git", "fsck", "--strict");
  }

  @Test
  void bringsTheTreeBackAndNothingMore() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.createDirectories(tree.resolve("docs"));
      Files.writeString(tree.resolve("docs/a.md"), "changed\n");
      StagedChange change = stageAll(copy);
      Files.delete(tree.resolve("docs/a.md"));
      Files.writeString(tree.resolve("docs/b.md"), "written by tests\n");
      Files.writeString(tree.resolve("docs/report.xml"), "x\n");

      change.restoreTree();

      assertThat(tree.resolve("docs/a.md")).hasContent("changed\n");
      assertThat(tree.resolve("docs/report.xml")).doesNotExist();
      assertThat(tree.resolve("src/lib")).doesNotExist();
      assertThat(stageAll(copy).changes()).isEqualTo(change.changes());
    }
  }
}
