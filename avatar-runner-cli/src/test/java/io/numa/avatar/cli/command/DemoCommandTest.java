package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  private static final Pattern FOLDER = Pattern.compile("All files of the demo are in (.+)\\R");

  @Test
  void pushesACommitEachTimeItRuns() throws IOException {
    // Variables of another avatar must have no effect.
    Shell shell = new Shell().variable("AVATAR_AVATAR__ID", "another");

    for (int run = 1; run <= 2; run++) {
      Shell.Result result = shell.run("demo");

      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .containsPattern("The backend received: in_progress, done\\R")
          .containsPattern(
              "On the Git server, branch dev-1-\\S+ is now at:\\R\\Rcommit [0-9a-f]{40}")
          .contains("Author: Demo Avatar <demo@example.com>")
          .contains("Numa-Avatar: demo");
      delete(result);
    }
  }

  private static void delete(Shell.Result result) throws IOException {
    Matcher folder = FOLDER.matcher(result.out());
    assertThat(folder.find()).isTrue();
    List<Path> all;
    try (Stream<Path> files = Files.walk(Path.of(folder.group(1)))) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
