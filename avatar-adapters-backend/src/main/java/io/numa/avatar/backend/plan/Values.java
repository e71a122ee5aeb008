package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types of values in plans. */
final class Values {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smh])");
  private static final Pattern HALF_A_PAIR =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  static final ValueType<String> TEXT = ValueType.of("text", JsonNode::isTextual, Values::text);

  static final ValueType<String> WORDS =
      ValueType.of("text", JsonNode::isTextual, node -> require(!blank(node), node, "is blank"));

  static final ValueType<String> NOT_EMPTY =
      ValueType.of(
          "text", JsonNode::isTextual, node -> require(!text(node).isEmpty(), node, "is empty"));

  static final ValueType<String> LINK_TARGET =
      ValueType.of(
          "text",
          JsonNode::isTextual,
          node ->
              require(
                  !text(node).isEmpty() && text(node).indexOf('\0') < 0,
                  node,
                  "must be a path, neither empty nor with a NUL character"));

  static final ValueType<Boolean> FLAG =
      ValueType.of("true or false", JsonNode::isBoolean, JsonNode::booleanValue);

  static final ValueType<WorkspacePath> PATH =
      ValueType.of("text", JsonNode::isTextual, node -> new WorkspacePath(text(node)));

  /** A folder; empty for the workspace's root, which is spelled {@code .}. */
  static final ValueType<Optional<WorkspacePath>> FOLDER =
      ValueType.of(
          "text",
          JsonNode::isTextual,
          node ->
              text(node).equals(".")
                  ? Optional.empty()
                  : Optional.of(new WorkspacePath(text(node))));

  static final ValueType<Occurrences> OCCURRENCES =
      ValueType.of(
          "a whole number from 1, or 'all'",
          node -> node.asText().equals("all") || atLeast(1, node),
          node ->
              node.isTextual()
                  ? Occurrences.ALL
                  : new Occurrences(OptionalInt.of(node.intValue())));

  static final ValueType<Integer> STRIP =
      ValueType.of("a whole number from 0", node -> atLeast(0, node), JsonNode::intValue);

  /** A regular expression, of which a match is looked for; {@code ^} and {@code $} know lines. */
  static final ValueType<Pattern> REGEX =
      ValueType.of("text", JsonNode::isTextual, Values::pattern);

  static final ValueType<Duration> TIMEOUT =
      ValueType.of(
          "a number of seconds, or text like 90s, 5m, 2h",
          node -> node.isNumber() || node.isTextual(),
          Values::duration);

  static final ValueType<CommandLine> COMMAND =
      ValueType.of(
          "text (a line for the shell) or a list (a program and its arguments)",
          node -> node.isTextual() || node.isArray(),
          Values::command);

  static final ValueType<TestCommand> TEST_COMMAND =
      ValueType.of(
          "text (a line for the shell, \"\" for no tests) or a list (a program and its arguments)",
          node -> node.isTextual() || node.isArray(),
          Values::testCommand);

  static final ValueType<Set<Integer>> EXIT_CODES =
      ValueType.of("a list of numbers from 0 to 255", JsonNode::isArray, Values::exitCodes);

  static final ValueType<Map<String, String>> ENVIRONMENT = Values::environment;

  private Values() {}

  /** One of a few words. */
  static ValueType<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return ValueType.of(
        "one of " + String.join(", ", known),
        JsonNode::isTextual,
        node ->
            require(
                known.contains(node.asText()),
                node,
                "must be one of " + String.join(", ", known) + ", not '" + node.asText() + "'"));
  }

  static TestCommand testCommand(JsonNode node) {
    return node.isTextual() ? TestCommand.ofLine(text(node)) : new TestCommand.Run(command(node));
  }

  private static CommandLine command(JsonNode node) {
    if (node.isTextual()) {
      return new CommandLine.Shell(text(node));
    }
    var words = new ArrayList<String>();
    for (JsonNode word : node) {
      if (!word.isTextual()) {
        throw new IllegalArgumentException(
            "must be a list of texts, but holds "
                + ValueType.describe(word)
                + "; put it in quotes");
      }
      words.add(text(word));
    }
    return new CommandLine.Argv(words);
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

  private static Pattern pattern(JsonNode node) {
    try {
      return Pattern.compile(text(node), Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no regular expression: " + e.getDescription());
    }
  }

  private static Set<Integer> exitCodes(JsonNode node) {
    var codes = new LinkedHashSet<Integer>();
    for (JsonNode code : node) {
      boolean sensible = code.isIntegralNumber() && code.canConvertToInt();
      if (!sensible || code.intValue() < 0 || code.intValue() > 255) {
        throw new IllegalArgumentException(
            "must be a list of numbers from 0 to 255, but holds " + ValueType.describe(code));
      }
      codes.add(code.intValue());
    }
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("is empty: no exit code would be a success");
    }
    return codes;
  }

  private static Optional<Map<String, String>> environment(JsonNode node, Place place) {
    if (!node.isObject()) {
      place.problem("must be a mapping of names to texts, not " + ValueType.describe(node));
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      variable(entry.getKey(), entry.getValue(), place.key(entry.getKey()))
          .ifPresent(value -> variables.put(entry.getKey(), value));
    }
    return variables.size() == node.size() ? Optional.of(variables) : Optional.empty();
  }

  private static Optional<String> variable(String name, JsonNode value, Place place) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      place.problem("a variable's name must not be empty, nor hold '=' or NUL");
      return Optional.empty();
    }
    if (!value.isTextual()) {
      place.problem("must be text, not " + ValueType.describe(value) + "; put it in quotes");
      return Optional.empty();
    }
    if (value.asText().indexOf('\0') >= 0) {
      place.problem("must not hold NUL");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  private static boolean atLeast(int least, JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least;
  }

  private static boolean blank(JsonNode node) {
    return text(node).isBlank();
  }

  private static String require(boolean holds, JsonNode node, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
    return text(node);
  }

  /** The text, which must be one that UTF-8 can write. */
  private static String text(JsonNode node) {
    String text = node.asText();
    if (HALF_A_PAIR.matcher(text).find()) {
      throw new IllegalArgumentException("holds half of a surrogate pair, which is no character");
    }
    return text;
  }
}
