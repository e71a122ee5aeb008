package io.numa.avatar.server.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A query of Prometheus: the metrics and labels that it names. It is no parser; promtool has one.
 */
record PromQuery(String text) {
  /** What Prometheus adds to each series that it scrapes. */
  private static final Set<String> TARGET = Set.of("instance", "job");

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{([^}]*)}");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*+(?!\\s*\\()");
  private static final Pattern LABEL = Pattern.compile("[a-z_]+");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  /**
   * What the query names that is not there.
   *
   * @param served the labels of each metric
   */
  List<String> unknown(Map<String, Set<String>> served) {
    String bare = STRING.matcher(text).replaceAll("");
    var unknown = new ArrayList<String>();
    var labels = new HashSet<>(TARGET);
    String left = GROUPING.matcher(bare).replaceAll(" ");
    String named = SELECTOR.matcher(left).replaceAll("$1 ").replaceAll("\\[[^]]*]", " ");
    for (MatchResult name : NAME.matcher(named).results().toList()) {
      boolean number = name.start() > 0 && isDigit(named.charAt(name.start() - 1));
      if (number || OPERATORS.contains(name.group())) {
        continue;
      }
      if (served.containsKey(name.group())) {
        labels.addAll(served.get(name.group()));
      } else if (!name.group().equals("up")) {
        unknown.add("metric " + name.group());
      }
    }
    SELECTOR
        .matcher(left)
        .results()
        .forEach(use -> unknown.addAll(missing(use.group(2), of(served, use.group(1)))));
    GROUPING.matcher(bare).results().forEach(use -> unknown.addAll(missing(use.group(1), labels)));
    return unknown;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static Set<String> of(Map<String, Set<String>> served, String metric) {
    var labels = new HashSet<>(TARGET);
    labels.addAll(served.getOrDefault(metric, Set.of()));
    return labels;
  }

  private static List<String> missing(String list, Set<String> labels) {
    return LABEL
        .matcher(list)
        .results()
        .map(MatchResult::group)
        .filter(label -> !labels.contains(label))
        .map(label -> "label " + label)
        .toList();
  }
}
