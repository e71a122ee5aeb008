package io.numa.avatar.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folders that a command's programs need. */
class ProgramRootsTest {
  @TempDir Path folder;

  /** The root is the HOME of a dynamic user of systemd. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/home/operator"})
  void showsAToolWithItsNeighboursAtAnyHome(String home) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("tool/bin"));
    Files.createDirectories(folder.resolve("tool/lib"));

    var roots =
        new ProgramRoots(Path.of(home)).roots(Optional.empty(), Map.of("PATH", bin + ":/:/bin"));

    assertThat(roots).contains(folder.resolve("tool"), bin).doesNotContain(Path.of("/"));
  }
}
