package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.document.SchemaNodes;
import io.numa.avatar.document.ValueKind;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.WorkspacePath;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The kinds of values in plans. */
final class PlanValues {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_COST = 1_000_000_000;
  private static final int MOST_REPETITIONS = 1_000_000;
  private static final Pattern REPETITION = Pattern.compile("\\{\\s*([0-9][0-9\\s]*)");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smh])");
  private static final Pattern HALF_A_PAIR =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  /**
   * Names that {@link WorkspacePath} accepts, as far as a pattern can check: it does not find
   * invisible characters in {@code .git}.
   */
  private static final String PATH_NAME =
      "(?!\\.{1,2}(?![^/]))"
          + "(?!(\\.[gG][iI][tT]|[gG][iI][tT]~[0-9]+)[. ]*(?![^:/]))"
          + "[^/\\\\\\u0000]+";

  private static final String PATH_FORM = "(?![A-Za-z]:)" + PATH_NAME + "(/" + PATH_NAME + ")*/?";

  static final ValueKind<PlanDocument.Version> VERSION =
      ValueKind.of(
          "1",
          SchemaNodes.type("integer").put("const", 1),
          (node, at) ->
              whole(node, 1).filter(number -> number == 1).map(number -> PlanDocument.Version.ONE));

  static final ValueKind<Boolean> FLAG =
      ValueKind.of(
          "true or false",
          SchemaNodes.type("boolean"),
          (node, at) -> Optional.of(node.booleanValue()));

  static final ValueKind<WorkspacePath> PATH = ofText("^" + PATH_FORM + "$", WorkspacePath::new);

  static final ValueKind<StepDocument.Folder> FOLDER =
      ofText(
          "^(\\.|" + PATH_FORM + ")$",
          text ->
              new StepDocument.Folder(
                  text.equals(".") ? Optional.empty() : Optional.of(new WorkspacePath(text))));

  /**
   * A regular expression that may match anywhere in a text; {@code ^} and {@code $} match at every
   * line.
   */
  static final ValueKind<Pattern> REGEX =
      ValueKind.of(
          "text", SchemaNodes.type("string"), (node, at) -> Optional.of(regex(text(node))));

  static final ValueKind<Occurrences> OCCURRENCES =
      ValueKind.of(
          "a whole number from 1, or 'all'",
          SchemaNodes.type("integer", "string")
              .put("minimum", 1)
              .put("maximum", Integer.MAX_VALUE)
              .put("pattern", "^all$"),
          (node, at) ->
              node.asText().equals("all")
                  ? Optional.of(Occurrences.ALL)
                  : whole(node, 1).map(OptionalInt::of).map(Occurrences::new));

  static final ValueKind<Integer> STRIP =
      ValueKind.of(
          "a whole number from 0",
          SchemaNodes.integer(0, Integer.MAX_VALUE),
          (node, at) -> whole(node, 0));

  static final ValueKind<Long> COUNT =
      ValueKind.of(
          "a whole number from 1",
          SchemaNodes.type("integer").put("minimum", 1).put("maximum", Long.MAX_VALUE),
          (node, at) -> count(node));

  static final ValueKind<BigDecimal> COST =
      ValueKind.of(
          "a number above 0",
          SchemaNodes.type("number").put("exclusiveMinimum", 0).put("maximum", MOST_COST),
          (node, at) -> cost(node));

  static final ValueKind<Duration> TIMEOUT =
      ValueKind.of(
          "a number of seconds, or text like 90s, 5m, 2h",
          SchemaNodes.type("number", "string")
              .put("exclusiveMinimum", 0)
              .put("maximum", LONGEST.toSeconds())
              .put("pattern", "^(?!0+[smh])[0-9]{1,9}[smh]$"),
          (node, at) -> Optional.of(duration(node)));

  private PlanValues() {}

  /** Text that keeps the rule of the component's {@link Text} annotation. */
  static ValueKind<String> text(RecordComponent component) {
    Text form = component.getAnnotation(Text.class);
    if (form == null) {
      return ValueKind.of(
          "text", SchemaNodes.type("string"), (node, at) -> Optional.of(text(node)));
    }
    Pattern pattern = Pattern.compile(form.value());
    return ValueKind.of(
        "text",
        SchemaNodes.text(form.value()),
        (node, at) -> {
          if (!pattern.matcher(text(node)).find()) {
            throw new IllegalArgumentException(form.otherwise());
          }
          return Optional.of(text(node));
        });
  }

  /** One of a few words. */
  static <T> ValueKind<T> oneOf(List<T> values, Function<T, String> word) {
    List<String> known = values.stream().map(word).toList();
    String expectation = "one of " + String.join(", ", known);
    return ValueKind.of(
        expectation,
        SchemaNodes.words(known),
        (node, at) -> {
          int index = known.indexOf(node.asText());
          if (index < 0) {
            throw new IllegalArgumentException(
                "must be " + expectation + ", not '" + node.asText() + "'");
          }
          return Optional.of(values.get(index));
        });
  }

  /** Describes {@code node} in messages. */
  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "a mapping";
      case STRING, BINARY -> "text";
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case NULL, MISSING -> "nothing";
    };
  }

  /**
   * A kind that only the reader checks: the published pattern would need too much stack for long
   * texts.
   */
  private static <T> ValueKind<T> ofText(String published, Function<String, T> reader) {
    return ValueKind.of(
            "text", SchemaNodes.type("string"), (node, at) -> Optional.of(reader.apply(text(node))))
        .published(any -> SchemaNodes.text(published));
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

  /**
   * Limits repetitions: a search can be stopped only when it reads a character of the text, and
   * repetitions of an empty match read none.
   */
  private static Pattern regex(String text) {
    double repetitions =
        REPETITION
            .matcher(text)
            .results()
            .mapToDouble(count -> Double.parseDouble(count.group(1).replaceAll("\\s", "")))
            .filter(count -> count > 1)
            .reduce(1, (one, other) -> one * other);
    if (repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "repeats too much: the numbers in '{…}' multiply to more than " + MOST_REPETITIONS);
    }
    try {
      return Pattern.compile(text, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no regular expression: " + e.getDescription());
    }
  }

  static Optional<Integer> whole(JsonNode node, int least) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  private static Optional<Long> count(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 1
        ? Optional.of(node.longValue())
        : Optional.empty();
  }

  private static Optional<BigDecimal> cost(JsonNode node) {
    boolean sensible =
        node.isNumber()
            && node.decimalValue().signum() > 0
            && node.decimalValue().compareTo(BigDecimal.valueOf(MOST_COST)) <= 0;
    return sensible ? Optional.of(node.decimalValue()) : Optional.empty();
  }

  /** The text; refuses one that UTF-8 cannot encode. */
  static String text(JsonNode node) {
    String text = node.asText();
    if (HALF_A_PAIR.matcher(text).find()) {
      throw new IllegalArgumentException("holds half of a surrogate pair, which is no character");
    }
    return text;
  }
}
