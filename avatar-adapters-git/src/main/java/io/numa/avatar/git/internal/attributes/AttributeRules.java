package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.attributes.AttributeLine.State;
import io.numa.avatar.git.internal.support.SmallFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of one {@code .gitattributes} file. */
final class AttributeRules {
  /** Git's own macro. */
  private static final Map<String, List<State>> BUILT_IN =
      Map.of(
          "binary",
          List.of(
              new State("diff", AttributeValue.UNSET),
              new State("merge", AttributeValue.UNSET),
              new State("text", AttributeValue.UNSET)));

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, List<State>> macros;
  private final PatternBudget budget;

  private record Rule(PathPattern pattern, List<State> states) {}

  private AttributeRules(
      List<String> lines, Map<String, List<State>> macros, PatternBudget budget) {
    this.macros = macros;
    this.budget = budget;
    for (String text : lines) {
      AttributeLine.parse(text)
          .filter(line -> !line.macro())
          .ifPresent(line -> rules.add(new Rule(PathPattern.of(line.subject()), line.states())));
    }
  }

  /** The rules of the file in the root, the only one that may define macros. */
  static AttributeRules ofRoot(SmallFile file, PatternBudget budget) {
    Map<String, List<State>> macros = new HashMap<>(BUILT_IN);
    List<String> lines = budget.lines(file);
    for (String text : lines) {
      AttributeLine.parse(text)
          .filter(AttributeLine::macro)
          .ifPresent(line -> macros.put(line.subject(), line.states()));
    }
    return new AttributeRules(lines, macros, budget);
  }

  /** The rules of a file in a folder beneath. */
  AttributeRules beneath(SmallFile file) {
    return new AttributeRules(budget.lines(file), macros, budget);
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Whether a rule or a macro is about LFS or another filter. */
  boolean mentionsFilter() {
    return macros.values().stream().anyMatch(AttributeRules::mentionsFilter)
        || rules.stream().map(Rule::states).anyMatch(AttributeRules::mentionsFilter);
  }

  private static boolean mentionsFilter(List<State> states) {
    return states.stream().anyMatch(state -> state.name().equals("filter"));
  }

  /**
   * Adds the attributes of a path that are not known yet. The last line that names one decides, and
   * in it the last word. A macro that is set adds its own states.
   */
  void addTo(Map<String, AttributeValue> known, String path) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (rules.get(i).pattern().matches(path, false, budget)) {
        add(known, rules.get(i).states());
      }
    }
  }

  private void add(Map<String, AttributeValue> known, List<State> states) {
    Deque<State> next = new ArrayDeque<>();
    budget.spend(states.size());
    states.forEach(next::push);
    while (!next.isEmpty()) {
      State state = next.pop();
      boolean isNew = known.putIfAbsent(state.name(), state.value()) == null;
      if (isNew && state.value().equals(AttributeValue.SET)) {
        List<State> meant = macros.getOrDefault(state.name(), List.of());
        budget.spend(meant.size());
        meant.forEach(next::push);
      }
    }
  }
}
