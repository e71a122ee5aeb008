package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the list of steps; each is a mapping of one verb, and perhaps a name. */
final class StepReader {
  static final Key<String> NAME =
      Key.optional("name", Values.WORDS, "What logs and statuses call the step.");
  private static final List<String> VERBS = Verbs.ALL.stream().map(Verb::name).toList();
  private static final List<String> KEYS =
      Stream.concat(VERBS.stream(), Stream.of(NAME.name())).toList();

  static final ValueType<List<PlannedStep>> STEPS =
      new ValueType<>(Schemas.list(schema()), StepReader::readAll);

  private StepReader() {}

  private static ObjectNode schema() {
    ObjectNode schema = Schemas.mapping(List.of(NAME));
    ArrayNode choices = schema.putArray("oneOf");
    for (Verb verb : Verbs.ALL) {
      schema.withObject("/properties").set(verb.name(), verb.schema());
      choices.addObject().putArray("required").add(verb.name());
    }
    return schema;
  }

  private static Optional<List<PlannedStep>> readAll(JsonNode node, Place place) {
    if (!node.isArray()) {
      place.problem("must be a list of steps, not " + ValueType.describe(node));
      return Optional.empty();
    }
    if (node.isEmpty()) {
      place.problem("is empty; a plan needs at least one step");
      return Optional.empty();
    }
    var steps = new ArrayList<PlannedStep>();
    for (int i = 0; i < node.size(); i++) {
      read(i + 1, node.get(i), place.item(i)).ifPresent(steps::add);
    }
    return Optional.of(steps);
  }

  private static Optional<PlannedStep> read(int number, JsonNode node, Place place) {
    if (!node.isObject()) {
      place.problem("a step must be a mapping, not " + ValueType.describe(node));
      return Optional.empty();
    }
    boolean allKnown = checkKeys(node, place);
    Optional<String> name =
        node.hasNonNull(NAME.name())
            ? NAME.type().read(node.get(NAME.name()), place.key(NAME.name()))
            : Optional.empty();
    List<Verb> verbs = Verbs.ALL.stream().filter(verb -> node.has(verb.name())).toList();
    var steps = new ArrayList<Step>();
    for (Verb verb : verbs) {
      verb.read(node.get(verb.name()), place.key(verb.name())).ifPresent(steps::add);
    }
    if (verbs.isEmpty() && allKnown) {
      place.problem("does nothing; it needs one of " + String.join(", ", VERBS));
    } else if (verbs.size() > 1) {
      place.problem(
          "does more than one thing: "
              + String.join(", ", verbs.stream().map(Verb::name).toList())
              + "; make it "
              + verbs.size()
              + " steps");
    }
    return steps.stream().findFirst().map(step -> new PlannedStep(number, name, step));
  }

  private static boolean checkKeys(JsonNode node, Place place) {
    boolean allKnown = true;
    for (var names = node.fieldNames(); names.hasNext(); ) {
      String key = names.next();
      if (!KEYS.contains(key)) {
        place.key(key).problem("there is no step '" + key + "'" + NearMiss.hint(key, KEYS));
        allKnown = false;
      }
    }
    return allKnown;
  }
}
