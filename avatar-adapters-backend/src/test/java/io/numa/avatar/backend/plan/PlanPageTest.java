package io.numa.avatar.backend.plan;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.document.Shape;
import io.numa.avatar.plan.PlanSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the reference page with the tables. */
final class PlanPageTest {
  private static final Pattern SECTION = Pattern.compile("(?ms)^#+ ([^\\n]+)\\n(.*?)(?=^##|\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  static Stream<String> verbs() {
    return Tables.verbs().stream().map(Shape.Component::name);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void tellsTheKeysOfEveryStep(String verb) {
    Shape.Component step =
        Tables.verbs().stream().filter(each -> each.name().equals(verb)).findFirst().orElseThrow();

    assertThat(rows(section(verb))).containsExactlyInAnyOrderElementsOf(Tables.keysOf(step));
  }

  @Test
  void tellsTheKeysOfThePlan() {
    assertThat(rows(section("The whole")))
        .containsExactlyInAnyOrderElementsOf(PlanLanguage.PLAN.root().names());
  }

  @Test
  void tellsTheKeysOfTestAndCommit() {
    assertThat(keysOf("test"))
        .allSatisfy(key -> assertThat(section("Tests")).contains("`" + key + "`"));
    assertThat(keysOf("commit"))
        .allSatisfy(key -> assertThat(section("The commit")).contains("`commit." + key + "`"));
  }

  static Stream<String> examples() {
    return EXAMPLE
        .matcher(page())
        .results()
        .map(match -> match.group(1))
        .map(text -> text.startsWith("- ") ? "version: 1\nsteps:\n" + text : text);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsPlansThatKeepTheRules(String plan) {
    JsonNode tree = SchemaCheck.tree(plan);

    assertThat(new PlanReader().read(plan)).isInstanceOf(PlanSource.Structured.class);
    assertThat(SchemaCheck.schemaErrors(tree)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void showsAnExampleOfEveryStep(String verb) {
    assertThat(section(verb)).contains("```yaml\n- " + verb + ":");
  }

  private static List<String> rows(String section) {
    return ROW.matcher(section).results().map(match -> match.group(1)).toList();
  }

  private static List<String> keysOf(String part) {
    return Tables.keysOf(Tables.key(PlanLanguage.PLAN.root(), part));
  }

  private static String section(String title) {
    Map<String, String> sections =
        SECTION
            .matcher(page())
            .results()
            .collect(toMap(match -> match.group(1), (MatchResult match) -> match.group(2)));
    assertThat(sections).containsKey(title);
    return sections.get(title);
  }

  private static String page() {
    try {
      return Files.readString(Path.of("..", "docs", "plan.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
