package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of which files a staged change must not touch when it restores its tree. */
public interface RestoreIgnoredContract extends RepositoryFixture {
  @Test
  default void leavesIgnoredFilesAndTheStateOfCodingAgentsAlone() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".gitignore", "/target/\n*.cache\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      write(copy, "target/before.class", "x\n");
      StagedChange change = stageAll(copy);
      write(copy, "target/classes/App.class", "x\n");
      write(copy, "src/tests.cache", "x\n");
      write(copy, "junk/tests.cache", "x\n");
      write(copy, "junk/report.xml", "x\n");
      write(copy, ".claude/session", "x\n");

      restoreAndCompare(change, copy);

      for (String path :
          List.of(
              "target/before.class",
              "target/classes/App.class",
              "src/tests.cache",
              "junk/tests.cache",
              ".claude/session")) {
        assertThat(tree.resolve(path)).hasContent("x\n");
      }
      assertThat(tree.resolve("junk/report.xml")).doesNotExist();
    }
  }

  /**
   * Otherwise tests could protect their files from removal, and a later commit would contain them.
   */
  @Test
  default void ignoresWhatWasIgnoredWhenItWasStaged() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".gitignore", "*.cache\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      StagedChange change = stageAll(copy);
      write(copy, ".gitignore", "*.xml\n");
      write(copy, "report.xml", "x\n");
      write(copy, "a.cache", "x\n");
      write(copy, "src/.gitignore", "*.txt\n");
      write(copy, "src/report.txt", "x\n");

      restoreAndCompare(change, copy);

      assertThat(tree.resolve(".gitignore")).hasContent("*.cache\n");
      assertThat(tree.resolve("report.xml")).doesNotExist();
      assertThat(tree.resolve("src/.gitignore")).doesNotExist();
      assertThat(tree.resolve("src/report.txt")).doesNotExist();
      assertThat(tree.resolve("a.cache")).hasContent("x\n");
    }
  }

  @Test
  default void leavesTheFoldersOfSubmodulesAlone() throws Exception {
    SeededRepository remote = remote();
    remote.commit("main", "submodule", Map.of("lib", TreeFile.submodule("0123456789".repeat(4))));

    try (WorkingCopy copy = checkOut(WORK)) {
      StagedChange change = stageAll(copy);
      write(copy, "lib/built.txt", "built\n");

      restoreAndCompare(change, copy);

      assertThat(copy.directory().resolve("lib/built.txt")).hasContent("built\n");
      assertThat(change.changes()).isEmpty();
    }
  }
}
