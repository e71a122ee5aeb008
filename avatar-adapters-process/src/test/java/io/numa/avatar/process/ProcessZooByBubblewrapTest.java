package io.numa.avatar.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** The same tests with bubblewrap and without {@code unshare}. */
class ProcessZooByBubblewrapTest extends ProcessZooTest {
  @BeforeEach
  void linkTools() throws IOException {
    assumeThat(onPath("bwrap")).isPresent();
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String name : List.of("setpriv", "setsid", "bwrap")) {
      Files.createSymbolicLink(tools.resolve(name), onPath(name).orElseThrow());
    }
  }

  /** The control needs neither, so it runs in the other class only. */
  @Override
  void allAreLeftWhereNoneIsLookedFor(ProcessZooTest.Animal animal) {
    throw new UnsupportedOperationException();
  }

  @Override
  boolean concerns(ProcessControl level) {
    return level == ProcessControl.PID_NAMESPACE;
  }

  @Override
  List<Path> tools() {
    return List.of(directory.resolve("tools"));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
