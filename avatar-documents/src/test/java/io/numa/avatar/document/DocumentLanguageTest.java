package io.numa.avatar.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.numa.avatar.document.Garden.Bed;
import io.numa.avatar.document.Garden.Price;
import io.numa.avatar.document.Garden.Water;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentLanguageTest {
  @Test
  void bindsListsOfObjects() {
    assertThat(
            garden("beds: [{plant: pea, rows: 3}, {plant: oca, other_names: [uqa, apilla]}]")
                .beds())
        .containsExactly(new Bed("pea", 3, null), new Bed("oca", null, List.of("uqa", "apilla")));
  }

  @Test
  void bindsMapsWithFreeKeysOfValuesAndOfObjects() {
    Garden garden = garden("notes: {soil: sand, Sun: much}, prices: {pea: {ten: 4}}");

    assertThat(garden.notes()).isEqualTo(Map.of("soil", "sand", "Sun", "much"));
    assertThat(garden.prices()).isEqualTo(Map.of("pea", new Price(null, 4)));
  }

  @Test
  void bindsAWordAsWellAsAMap() {
    assertThat(garden("water: ada").water()).isEqualTo(new Water("ada", "ada"));
    assertThat(garden("water: {evening: bob}").water()).isEqualTo(new Water(null, "bob"));
  }

  @Test
  void bindsKeysWhoseNamesJavaDoesNotAllow() {
    assertThat(garden("if: true").fence()).isTrue();
  }

  @Test
  void takesNothingForAbsent() {
    assertThat(garden("gardeners: null, beds: null, water: null"))
        .isEqualTo(new Garden("home", null, null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "gardener: 1 | /gardener: unknown, near Optional[gardeners]",
        "gardeners: many | /gardeners: not a number up to 100",
        "gardeners: 101 | /gardeners: not a number up to 100",
        "name: null | /name: missing",
        "name: 'a b' | /name: not a word",
        "beds: pea | /beds: not as many as that",
        "beds: [pea] | /beds/0: not a bed: plant, rows",
        "beds: [null] | /beds/0: not a bed: plant, rows",
        "beds: [{rows: 1}] | /beds/0/plant: missing",
        "beds: [{plant: pea}, {plant: 1}] | /beds/1/plant: not a word",
        "beds: [{plant: pea, row: 1}] | /beds/0/row: unknown, near Optional[rows]",
        "beds: [{plant: pea, other_names: [a, b c]}] | /beds/0/other_names/1: not a word",
        "notes: [a] | /notes: not as many as that",
        "notes: {a: 1} | /notes/a: not a word",
        "notes: {a: b c} | /notes/a: not a word",
        "prices: {PEA: {ten: 4}} | /prices/PEA: is no plant",
        "prices: {pea: 4} | /prices/pea: not a mapping",
        "prices: {pea: {tens: 1, ten: 4}} | /prices/pea/tens: unknown, near Optional[ten]",
        "prices: {pea: {}} | /prices/pea: needs one of the keys 'single', 'ten'",
        "water: 7 | /water/morning: not a word; /water/evening: not a word",
        "water: [ada] | /water: not a mapping",
        "water: {noon: ada} | /water/noon: unknown, near Optional.empty",
      })
  void saysWhereAndWhat(String keys, String problems) {
    assertThat(problems(keys)).containsExactlyInAnyOrder(problems.split("; "));
  }

  @Test
  void saysAllAtOnce() {
    assertThat(problems("name: 7, beds: [{}, {plant: a b, rows: x}], notes: {a: 1}, x: 1"))
        .containsExactlyInAnyOrder(
            "/name: not a word",
            "/beds/0/plant: missing",
            "/beds/1/plant: not a word",
            "/beds/1/rows: not a number up to 100",
            "/notes/a: not a word",
            "/x: unknown, near Optional.empty");
  }

  @Test
  void saysThatADocumentIsNoMapping() {
    assertThat(Garden.LANGUAGE.bind(tree("[]")).problems())
        .extracting(DocumentProblem::message)
        .containsExactly("not a mapping");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "water: ada",
        "water: {evening: ada}",
        "beds: [{plant: pea}], gardeners: null",
        "notes: {soil: sand}, prices: {pea: {single: 1}}"
      })
  void publishesASchemaThatAllowsWhatItBinds(String keys) {
    assertThat(published(keys)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "water: 7",
        "water: {noon: ada}",
        "beds: [{}]",
        "notes: {a: 1}",
        "prices: {PEA: {single: 1}}",
        "prices: {pea: {single: 1, ten: 2}}",
        "gardeners: 101"
      })
  void publishesASchemaThatRefusesTheRest(String keys) {
    assertThat(published(keys)).isPositive();
  }

  @Test
  void describesKeysAndDefaultsInTheSchema() {
    JsonNode keys = Garden.LANGUAGE.schema().path("properties");

    assertThat(keys.at("/name/description").asText()).isEqualTo("Its name.");
    assertThat(keys.at("/gardeners/default").asInt()).isEqualTo(1);
  }

  private static int published(String keys) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Garden.LANGUAGE.schema())
        .validate(tree("{name: home, " + keys + "}"))
        .size();
  }

  private static Garden garden(String keys) {
    var result = Garden.LANGUAGE.bind(tree("{name: home, " + keys + "}"));
    assertThat(result.problems()).isEmpty();
    return result.value().orElseThrow();
  }

  private static List<String> problems(String keys) {
    String name = keys.startsWith("name:") ? "" : "name: home, ";
    return Garden.LANGUAGE.bind(tree("{" + name + keys + "}")).problems().stream()
        .map(problem -> problem.at() + ": " + problem.message())
        .toList();
  }

  /** Reads YAML. */
  private static JsonNode tree(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
