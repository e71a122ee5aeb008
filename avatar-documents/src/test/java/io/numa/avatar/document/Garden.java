package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Names;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.Shorthand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document with everything that records can describe. */
record Garden(
    @Key("Its `name`.") @Required String name,
    @Key("How many gardeners.") @Default("1") @Nullable Integer gardeners,
    @Key("What grows in it.") @Nullable List<Bed> beds,
    @Key("Prices by plant.") @Names(value = "[a-z-]+", otherwise = "is no plant")
        @Nullable Map<String, Price> prices,
    @Key("Notes by topic.") @Nullable Map<String, String> notes,
    @Key("Who waters it.") @Nullable Water water,
    @Key(value = "Whether it has a fence.", name = "if") @Nullable Boolean fence) {

  @Noun("a bed: plant, rows")
  record Bed(
      @Key("The plant.") @Required String plant,
      @Key("How many rows.") @Nullable Integer rows,
      @Key("Other names.") @Nullable List<String> otherNames) {}

  record Price(@Key("For one.") @Nullable Integer single, @Key("For ten.") @Nullable Integer ten) {}

  @Shorthand({"morning", "evening"})
  record Water(
      @Key("In the morning.") @Nullable String morning,
      @Key("In the evening.") @Nullable String evening) {}

  static final DocumentLanguage<Garden> LANGUAGE =
      DocumentLanguage.of(Garden.class, new Words())
          .kind(
              String.class,
              ValueKind.of(
                  "a word",
                  SchemaNodes.text("^[^\\n]*$"),
                  (node, at) -> Optional.of(node.asText()).filter(word -> !word.contains(" "))))
          .kind(
              Integer.class,
              ValueKind.of(
                  "a number up to 100",
                  SchemaNodes.integer(0, 100),
                  (node, at) -> Optional.of(node.intValue())))
          .kind(
              Boolean.class,
              ValueKind.of(
                  "true or false",
                  SchemaNodes.type("boolean"),
                  (node, at) -> Optional.of(node.booleanValue())))
          .rules(Price.class, KeyRule.exactlyOneOf("single", "ten"))
          .build();

  private static final class Words implements Wording {
    @Override
    public DocumentProblem unknownKey(Shape.Mapping mapping, JsonPointer at, String name) {
      return new DocumentProblem(
          at.appendProperty(name), "unknown, near " + NearestName.of(name, mapping.names()));
    }

    @Override
    public DocumentProblem missingKey(Shape.Mapping mapping, JsonPointer at, Shape.Component key) {
      return new DocumentProblem(at.appendProperty(key.name()), "missing");
    }

    @Override
    public boolean nullIsAbsent() {
      return true;
    }

    @Override
    public String unexpected(Shape shape, JsonNode node, JsonPointer at) {
      if (shape instanceof Shape.Mapping mapping) {
        return "not " + mapping.noun();
      }
      return shape instanceof Shape.Leaf leaf
          ? "not " + leaf.kind().expectation()
          : "not as many as that";
    }
  }
}
