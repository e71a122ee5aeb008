package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.WorkspacePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types of values in plans. */
final class Values {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_REPETITIONS = 1_000_000;
  private static final Pattern REPETITION = Pattern.compile("\\{\\s*([0-9][0-9\\s]*)");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smh])");
  private static final Pattern HALF_A_PAIR =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  /**
   * Names that {@link WorkspacePath} takes, as far as a pattern can tell: it says nothing of
   * characters in {@code .git} that cannot be seen.
   */
  private static final String PATH_NAME =
      "(?!\\.{1,2}(?![^/]))"
          + "(?!(\\.[gG][iI][tT]|[gG][iI][tT]~[0-9]+)[. ]*(?![^:/]))"
          + "[^/\\\\\\u0000]+";

  private static final String PATH_FORM = "(?![A-Za-z]:)" + PATH_NAME + "(/" + PATH_NAME + ")*/?";

  static final ValueType<String> TEXT =
      ValueType.of("text", Schemas.type("string"), JsonNode::isTextual, Values::text);

  static final ValueType<String> WORDS =
      ValueType.of(
          "text",
          Schemas.text("\\S"),
          JsonNode::isTextual,
          node -> require(!text(node).isBlank(), node, "is blank"));

  static final ValueType<String> NOT_EMPTY =
      ValueType.of(
          "text",
          Schemas.type("string").put("minLength", 1),
          JsonNode::isTextual,
          node -> require(!text(node).isEmpty(), node, "is empty"));

  static final ValueType<String> LINK_TARGET =
      ValueType.of(
          "text",
          Schemas.text("^[^\\u0000]+$"),
          JsonNode::isTextual,
          node ->
              require(
                  !text(node).isEmpty() && text(node).indexOf('\0') < 0,
                  node,
                  "must be a path, neither empty nor with a NUL character"));

  static final ValueType<Boolean> FLAG =
      ValueType.of(
          "true or false", Schemas.type("boolean"), JsonNode::isBoolean, JsonNode::booleanValue);

  static final ValueType<WorkspacePath> PATH =
      ValueType.of(
          "text",
          Schemas.text("^" + PATH_FORM + "$"),
          JsonNode::isTextual,
          node -> new WorkspacePath(text(node)));

  /** A folder; empty for the workspace's root, which is spelled {@code .}. */
  static final ValueType<Optional<WorkspacePath>> FOLDER =
      ValueType.of(
          "text",
          Schemas.text("^(\\.|" + PATH_FORM + ")$"),
          JsonNode::isTextual,
          node ->
              text(node).equals(".")
                  ? Optional.empty()
                  : Optional.of(new WorkspacePath(text(node))));

  static final ValueType<Occurrences> OCCURRENCES =
      ValueType.of(
          "a whole number from 1, or 'all'",
          Schemas.type("integer", "string")
              .put("minimum", 1)
              .put("maximum", Integer.MAX_VALUE)
              .put("pattern", "^all$"),
          node -> node.asText().equals("all") || atLeast(1, node),
          node ->
              node.isTextual()
                  ? Occurrences.ALL
                  : new Occurrences(OptionalInt.of(node.intValue())));

  static final ValueType<Integer> STRIP =
      ValueType.of(
          "a whole number from 0",
          Schemas.integer(0, Integer.MAX_VALUE),
          node -> atLeast(0, node),
          JsonNode::intValue);

  /** A regular expression, of which a match is looked for; {@code ^} and {@code $} know lines. */
  static final ValueType<Pattern> REGEX =
      ValueType.of("text", Schemas.type("string"), JsonNode::isTextual, Values::pattern);

  static final ValueType<Duration> TIMEOUT =
      ValueType.of(
          "a number of seconds, or text like 90s, 5m, 2h",
          Schemas.type("number", "string")
              .put("exclusiveMinimum", 0)
              .put("maximum", LONGEST.toSeconds())
              .put("pattern", "^(?!0+[smh])[0-9]{1,9}[smh]$"),
          node -> node.isNumber() || node.isTextual(),
          Values::duration);

  private Values() {}

  /** One of a few words. */
  static ValueType<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return ValueType.of(
        "one of " + String.join(", ", known),
        Schemas.oneOf(known),
        JsonNode::isTextual,
        node ->
            require(
                known.contains(node.asText()),
                node,
                "must be one of " + String.join(", ", known) + ", not '" + node.asText() + "'"));
  }

  private static Duration duration(JsonNode node) {
    Optional<Duration> duration = node.isNumber() ? seconds(node.decimalValue()) : span(node);
    return duration.orElseThrow(
        () ->
            new IllegalArgumentException(
                "must be a number of seconds above 0, or text like 90s, 5m, 2h, up to a year; not "
                    + node.asText()));
  }

  private static Optional<Duration> seconds(BigDecimal seconds) {
    boolean sensible =
        seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) <= 0;
    return sensible
        ? Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()))
        : Optional.empty();
  }

  private static Optional<Duration> span(JsonNode node) {
    Matcher matcher = SPAN.matcher(node.asText());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long factor =
        switch (matcher.group(2)) {
          case "h" -> 3600;
          case "m" -> 60;
          default -> 1;
        };
    return seconds(BigDecimal.valueOf(Long.parseLong(matcher.group(1)) * factor));
  }

  /** A search can be ended whenever it looks at the text, which repetitions of nothing never do. */
  private static Pattern pattern(JsonNode node) {
    double repetitions =
        REPETITION
            .matcher(text(node))
            .results()
            .mapToDouble(count -> Double.parseDouble(count.group(1).replaceAll("\\s", "")))
            .filter(count -> count > 1)
            .reduce(1, (one, other) -> one * other);
    if (repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "repeats too much: the numbers in '{…}' multiply to more than " + MOST_REPETITIONS);
    }
    try {
      return Pattern.compile(text(node), Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no regular expression: " + e.getDescription());
    }
  }

  private static boolean atLeast(int least, JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least;
  }

  private static String require(boolean holds, JsonNode node, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
    return text(node);
  }

  /** The text, which must be one that UTF-8 can write. */
  static String text(JsonNode node) {
    String text = node.asText();
    if (HALF_A_PAIR.matcher(text).find()) {
      throw new IllegalArgumentException("holds half of a surrogate pair, which is no character");
    }
    return text;
  }
}
