package io.numa.avatar.run.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.ProjectFile.Setup;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.TreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupKeyTest {
  private static final TreeId TREE = new TreeId("a".repeat(40));
  private static final TreeId OTHER_TREE = new TreeId("b".repeat(40));

  @TempDir Path root;

  private static Setup setup(String line, String... key) {
    return new Setup(
        new CommandLine.Shell(line),
        Optional.of(Duration.ofMinutes(1)),
        Stream.of(key).map(WorkspacePath::new).toList());
  }

  private String key(Setup setup) throws IOException {
    return SetupKey.of(setup, root, Optional.of(TREE)).orElseThrow();
  }

  @Test
  void changesWithTheCommandAndTheKeyFilesOnly() throws Exception {
    Files.writeString(root.resolve("lock"), "1");
    String before = key(setup("make", "lock"));

    Files.writeString(root.resolve("other"), "1");
    assertThat(key(setup("make", "lock"))).isEqualTo(before).hasSize(64);
    assertThat(SetupKey.of(setup("make", "lock"), root, Optional.of(OTHER_TREE))).contains(before);
    assertThat(SetupKey.of(setup("make", "lock"), root, Optional.empty())).contains(before);

    assertThat(key(setup("make all", "lock"))).isNotEqualTo(before);
    assertThat(key(setup("make", "lock", "other"))).isNotEqualTo(before);
    Files.writeString(root.resolve("lock"), "2");
    assertThat(key(setup("make", "lock"))).isNotEqualTo(before);
    Files.delete(root.resolve("lock"));
    assertThat(key(setup("make", "lock"))).isNotEqualTo(before);
  }

  @Test
  void readsFoldersAndDoesNotFollowLinks() throws Exception {
    Files.createDirectories(root.resolve("requirements/deep"));
    Files.writeString(root.resolve("requirements/deep/a.txt"), "1");
    Path secret = Files.writeString(root.resolve("secret"), "1");
    Files.createSymbolicLink(root.resolve("requirements/link"), secret);
    String before = key(setup("make", "requirements"));

    Files.writeString(secret, "2");
    assertThat(key(setup("make", "requirements"))).isEqualTo(before);
    Files.writeString(root.resolve("requirements/deep/a.txt"), "2");
    assertThat(key(setup("make", "requirements"))).isNotEqualTo(before);
  }

  @Test
  void takesAllFilesWhereTheSetupNamesNone() throws Exception {
    assertThat(SetupKey.of(setup("make"), root, Optional.of(OTHER_TREE)))
        .isPresent()
        .isNotEqualTo(Optional.of(key(setup("make"))));
    assertThat(SetupKey.of(setup("make"), root, Optional.empty())).isEmpty();
  }
}
