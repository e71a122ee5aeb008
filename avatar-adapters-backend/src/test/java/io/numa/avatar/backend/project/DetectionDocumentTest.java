package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/detection.md} with the rules. */
class DetectionDocumentTest {
  private static final String HEAD = "| kind | what is found | command |";

  @Test
  void hasTheRowsOfTheTableInTheirOrder() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/detection.md"), UTF_8);
    int head = lines.indexOf(HEAD);
    List<String> rows =
        lines.subList(head + 2, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(head).isNotNegative();
    assertThat(rows)
        .isEqualTo(
            Stream.concat(TestRules.RULES.stream(), Stream.of(TestRules.SCATTERED))
                .map(DetectionDocumentTest::row)
                .toList());
  }

  @Test
  void namesTheFoldersAndLimitsOfTheSearch() throws IOException {
    String text = Files.readString(Path.of("../docs/detection.md"), UTF_8);

    assertThat(ProjectTree.LEFT_OUT).allMatch(name -> text.contains("`" + name + "`"));
    assertThat(text)
        .contains(ProjectTree.MAX_DEPTH + " folders deep")
        .contains("50,000 entries")
        .contains("at most " + NestedProjects.MAX_TESTED + " projects");
  }

  private static String row(TestRule rule) {
    return "| %s | %s | `%s` |".formatted(rule.ecosystem(), rule.marker(), rule.command());
  }
}
