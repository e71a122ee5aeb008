package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.testkit.fixture.SeededRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of how the ignored files of a working copy are removed, saved and put back. */
public interface IgnoredFilesContract extends RepositoryFixture {
  /** A remote that ignores {@code modules/} and {@code *.log}, and yet tracks one of the latter. */
  private SeededRepository ignoring() throws IOException {
    SeededRepository remote = remote();
    remote.seed(
        "main", Map.of(".gitignore", "modules/\n*.log\n", "kept.log", "kept\n", "web/a.js", "a\n"));
    return remote;
  }

  @Test
  default void removesWhatIsIgnoredAndNothingElse() throws Exception {
    ignoring();

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      write(copy, "modules/a/b.js", "b\n");
      write(copy, "web/modules/c.js", "c\n");
      write(copy, "x.log", "x\n");
      write(copy, "new.txt", "new\n");
      write(copy, ".claude/session", "state\n");

      assertThat(copy.ignored().restore("unknown", tree)).isFalse();
      write(copy, "modules/again.js", "x\n");
      copy.ignored().clear();

      assertThat(tree.resolve("modules")).doesNotExist();
      assertThat(tree.resolve("web/modules")).doesNotExist();
      assertThat(tree.resolve("x.log")).doesNotExist();
      assertThat(tree.resolve("kept.log")).hasContent("kept\n");
      assertThat(tree.resolve("new.txt")).hasContent("new\n");
      assertThat(tree.resolve(".claude/session")).hasContent("state\n");
    }
  }

  @Test
  default void putsBackWhatWasSavedAndNothingOfWhatCameAfter() throws Exception {
    ignoring();

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      write(copy, "modules/a/b.js", "clean\n");
      write(copy, "web/modules/c.js", "clean\n");
      copy.ignored().save("key");
      write(copy, "web/modules/c.js", "later\n");
      copy.ignored().save("key"); // the first copy stays
      write(copy, "modules/a/b.js", "poisoned\n");
      write(copy, "modules/evil.js", "poisoned\n");
      write(copy, "other.log", "poisoned\n");

      assertThat(copy.ignored().restore("key", tree)).isTrue();

      assertThat(tree.resolve("modules/a/b.js")).hasContent("clean\n");
      assertThat(tree.resolve("web/modules/c.js")).hasContent("clean\n");
      assertThat(tree.resolve("modules/evil.js")).doesNotExist();
      assertThat(tree.resolve("other.log")).doesNotExist();
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  default void putsASavedCopyBesideTheBaseCommitsFiles() throws Exception {
    ignoring();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "modules/a.js", "a\n");
      copy.ignored().save("key");
      Path base = copy.base().checkOut();

      assertThat(copy.ignored().restore("key", base)).isTrue();

      assertThat(base.resolve("modules/a.js")).hasContent("a\n");
      write(copy, "web/modules/c.js", "c\n");
      copy.ignored().outline(base);
      assertThat(base.resolve("web/modules")).isEmptyDirectory();
      assertThat(base.resolve("modules/a.js")).hasContent("a\n");
      Files.writeString(base.resolve("modules/a.js"), "changed\n");
      assertThat(copy.directory().resolve("modules/a.js")).hasContent("a\n");
    }
  }
}
