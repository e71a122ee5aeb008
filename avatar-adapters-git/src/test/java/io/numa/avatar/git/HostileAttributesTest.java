package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.attributes.PatternBudget;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Tree;
import io.numa.avatar.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes that would make Git run programs, among those that only rewrite contents. */
class HostileAttributesTest {
  private static final BranchName WORK = new BranchName("dev-1-work");
  private static final String ATTRIBUTES =
      """
      *.x filter=x
      *.p filter=p
      *.lfs filter=lfs
      *.id ident
      *.u16 text working-tree-encoding=UTF-16
      *.d diff=x merge=x
      """;

  /** Of "text" and a line end, in little-endian order behind a byte order mark, byte by byte. */
  private static final String UTF_16_TEXT = "\u00ff\u00fet\0e\0x\0t\0\n\0";

  @TempDir Path temp;

  /**
   * The configuration that a hostile step may leave in both Git directories: programs for each
   * filter.
   */
  private String configuration(Path trace) {
    var text = new StringBuilder();
    for (String name : List.of("x", "lfs")) {
      text.append("[filter \"").append(name).append("\"]\n");
      text.append("  clean = touch ").append(trace).append("\n");
      text.append("  smudge = touch ").append(trace).append("\n  required = true\n");
    }
    text.append("[filter \"p\"]\n  process = touch ").append(trace).append("\n");
    text.append("[diff \"x\"]\n  command = touch ").append(trace).append("\n");
    text.append("  textconv = touch ").append(trace).append("\n");
    return text.toString();
  }

  /** No path is that long, so the rules that apply to such a file cannot be known. */
  @Test
  void refuseAFileWhoseFolderHasNoRoomForRules() throws Exception {
    String folder = ("d".repeat(255) + "/").repeat(13) + "d".repeat(160) + "/";
    Path root = Files.createDirectory(temp.resolve("root"));
    try (Change change = Workspace.of(root, temp.resolve("scratch")).begin()) {
      Tree tree = change.tree();

      assertThatThrownBy(
              () -> FolderRules.of(tree, new WorkspacePath(folder + "a.txt"), new PatternBudget()))
          .isInstanceOf(PortException.class)
          .hasMessageStartingWith("could not read the rules of the folder '" + folder + "': ")
          .hasMessageEndingWith("has more than 3500 bytes")
          .extracting(it -> ((PortException) it).kind())
          .isEqualTo(FailureKind.DENIED);
    }
  }

  @Test
  void runNothing() throws Exception {
    Path trace = temp.resolve("ran");
    Map<String, String> files =
        Map.of(
            ".gitattributes", ATTRIBUTES,
            ".gitconfig", configuration(trace),
            "a.x", "x\n",
            "a.p", "p\n",
            "a.lfs", "no pointer\n",
            "a.id", "$Id$\n",
            "a.u16", "text\n",
            "a.d", "d\n");
    try (var server = GitServer.start(temp.resolve("server"))) {
      SeededRepository remote = server.createRepository("app");
      remote.seed("main", files);
      var settings =
          GitSettings.of(new GitIdentity("A", "a@example.com"))
              .withFeatures(GitFeatures.NONE.withLfs());
      var request =
          new CheckoutRequest(
              RepositoryUrl.parse(server.httpUrl("app")), WORK, List.of(), temp.resolve("home"));
      try (WorkingCopy copy =
          new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {})) {
        Path tree = copy.directory();
        Map<String, String> inTree = new HashMap<>(files);
        inTree.put("a.id", "$Id: 055c8729cdcc372500a08db659c045e16c4409fb $\n");
        inTree.put("a.u16", UTF_16_TEXT);
        for (var file : inTree.entrySet()) {
          assertThat(Files.readAllBytes(tree.resolve(file.getKey())))
              .asString(ISO_8859_1)
              .isEqualTo(file.getValue());
        }
        assertThat(stageAll(copy).changes()).isEmpty();

        for (Path config : List.of(tree.resolve(".git/config"), temp.resolve("home/git/config"))) {
          Files.writeString(config, configuration(trace), UTF_8, StandardOpenOption.APPEND);
        }
        for (String name : List.of("a.x", "a.p", "a.id", "a.d")) {
          Files.writeString(tree.resolve(name), "$Id: 1 $ changed\n");
        }
        Files.writeString(
            tree.resolve("a.u16"), UTF_16_TEXT + UTF_16_TEXT.substring(2), ISO_8859_1);
        StagedChange change = stageAll(copy);
        assertThat(change.changes()).isNotEmpty();
        change.commit("work").push();
      }

      Map<String, TreeFile> after = remote.files(WORK.value());
      for (String name : List.of("a.x", "a.p", "a.d")) {
        assertThat(after.get(name)).isEqualTo(TreeFile.of("$Id: 1 $ changed\n"));
      }
      assertThat(after.get("a.id")).isEqualTo(TreeFile.of("$Id$ changed\n"));
      assertThat(after.get("a.u16")).isEqualTo(TreeFile.of("text\ntext\n"));
      assertThat(after.get("a.lfs")).isEqualTo(TreeFile.of("no pointer\n"));
      assertThat(trace).doesNotExist();
    }
  }
}
