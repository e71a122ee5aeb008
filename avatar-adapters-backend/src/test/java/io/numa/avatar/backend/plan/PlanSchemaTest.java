package io.numa.avatar.backend.plan;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.numa.avatar.plan.PlanSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanSchemaTest {
  @Test
  void isASchema() {
    assertThat(SchemaCheck.metaErrors()).isEmpty();
  }

  static Stream<String> good() {
    return Plans.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void allowsWhatTheReaderTakes(String plan) {
    JsonNode tree = SchemaCheck.tree(plan);

    assertThat(SchemaCheck.readerTakes(tree)).isTrue();
    assertThat(SchemaCheck.schemaErrors(tree)).isEmpty();
  }

  static Stream<String> bad() {
    return Plans.bad();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatTheReaderRefuses(String plan) {
    JsonNode tree = SchemaCheck.tree(plan);

    assertThat(SchemaCheck.readerTakes(tree)).isFalse();
    assertThat(SchemaCheck.schemaErrors(tree)).isNotEmpty();
  }

  static Stream<String> beyondSchemas() {
    return Plans.BAD_BEYOND_SCHEMAS.stream();
  }

  @ParameterizedTest
  @MethodSource("beyondSchemas")
  void leavesToTheReaderWhatItCannotSay(String plan) {
    assertThat(SchemaCheck.schemaErrors(SchemaCheck.tree(plan))).isEmpty();
    assertThat(new PlanReader().read(plan)).isInstanceOf(PlanSource.Invalid.class);
  }

  @Test
  void hasEveryKeyOfTheTablesAndNoOther() throws Exception {
    var inSchema = new TreeSet<String>();
    collect("", new JsonMapper().readTree(PlanSchema.json()), inSchema);

    assertThat(inSchema).isEqualTo(Tables.paths().collect(toCollection(TreeSet::new)));
  }

  @Test
  void describesEveryKey() throws Exception {
    List<JsonNode> properties =
        new JsonMapper().readTree(PlanSchema.json()).findValues("properties");

    assertThat(properties.stream().flatMap(keys -> keys.properties().stream()))
        .filteredOn(key -> !key.getValue().has("not"))
        .allSatisfy(key -> assertThat(key.getValue().path("description").asText()).endsWith("."));
  }

  /** Makes the corpus grow with the language. */
  @Test
  void isTriedWithEveryKeyOfTheTables() {
    var tried = new TreeSet<String>();
    Plans.good().forEach(plan -> keys("", SchemaCheck.tree(plan), tried));

    assertThat(tried).containsAll(Tables.paths().toList());
  }

  private static void collect(String path, JsonNode schema, Set<String> paths) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      paths.add(path + property.getKey());
      collect(path + property.getKey() + ".", property.getValue(), paths);
      collect(path + property.getKey() + ".", property.getValue().path("items"), paths);
    }
  }

  private static void keys(String path, JsonNode plan, Set<String> paths) {
    for (Map.Entry<String, JsonNode> entry : plan.properties()) {
      JsonNode value = entry.getValue();
      paths.add(path + entry.getKey());
      keys(path + entry.getKey() + ".", value, paths);
      if (value.isArray()) {
        value.forEach(item -> keys(path + entry.getKey() + ".", item, paths));
      }
    }
  }
}
