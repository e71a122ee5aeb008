package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of step: the keys its mapping may have, the rules about several of them, and the step they
 * make.
 *
 * @param doc one line for editors
 * @param build is called only with mappings that keep all rules
 */
record Verb(
    String name, String doc, List<Key<?>> keys, List<Rule> rules, Function<Mapping, Step> build) {
  Verb {
    keys = List.copyOf(keys);
    rules = List.copyOf(rules);
  }

  /** Reads what stands under this verb; empty if a rule is broken. */
  Optional<Step> read(JsonNode node, Place place) {
    int before = place.problems().size();
    Mapping mapping = Mapping.read(name, keys, node, place);
    if (node.isObject()) {
      rules.forEach(rule -> rule.check(mapping, place));
    }
    return place.problems().size() == before ? Optional.of(build.apply(mapping)) : Optional.empty();
  }

  /** What may stand under this verb. */
  ObjectNode schema() {
    ObjectNode schema = Schemas.mapping(keys).put("description", doc);
    List<ObjectNode> all = rules.stream().map(Rule::schema).flatMap(Optional::stream).toList();
    if (!all.isEmpty()) {
      ArrayNode kept = schema.putArray("allOf");
      all.forEach(kept::add);
    }
    return schema;
  }
}
