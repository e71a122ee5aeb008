package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of step: the keys its mapping may have, the rules about several of them, and the step they
 * make.
 *
 * @param build is called only with mappings that keep all rules
 */
record Verb(String name, List<Key<?>> keys, List<Rule> rules, Function<Mapping, Step> build) {
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
}
