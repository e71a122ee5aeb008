package io.numa.avatar.agent.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewFinding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a finding whose members may be missing, or have other names or types. */
final class FindingReader {
  private static final int LAST_LINE = 10_000_000;
  private static final int LONGEST_PATH = 1_000;

  /** Such as {@code 12}, {@code L12} or {@code 12-15}. */
  private static final Pattern LINE = Pattern.compile("\\D{0,10}([0-9]{1,8})(?![0-9])");

  private static final Pattern PATH_AND_LINE = Pattern.compile("(.+?):([0-9]{1,8})(?:[-:].*)?");

  private static final List<String> TEXTS =
      List.of("text", "message", "description", "comment", "body", "title", "issue");

  private static final List<String> PATHS = List.of("path", "file", "filename", "location");
  private static final List<String> LINES = List.of("line", "line_number", "lines", "start_line");

  private static final Map<String, Severity> SEVERITIES =
      Map.ofEntries(
          Map.entry("blocker", Severity.BLOCKER),
          Map.entry("blocking", Severity.BLOCKER),
          Map.entry("critical", Severity.BLOCKER),
          Map.entry("fatal", Severity.BLOCKER),
          Map.entry("major", Severity.MAJOR),
          Map.entry("high", Severity.MAJOR),
          Map.entry("error", Severity.MAJOR),
          Map.entry("minor", Severity.MINOR),
          Map.entry("medium", Severity.MINOR),
          Map.entry("warning", Severity.MINOR),
          Map.entry("note", Severity.NOTE),
          Map.entry("low", Severity.NOTE),
          Map.entry("info", Severity.NOTE),
          Map.entry("nit", Severity.NOTE),
          Map.entry("suggestion", Severity.NOTE));

  private FindingReader() {}

  /** Reads a node; empty if it is no finding. A line that no file can have is left out. */
  static Optional<ReviewFinding> read(JsonNode node) {
    if (node.isTextual() && !node.textValue().isBlank()) {
      return Optional.of(
          new ReviewFinding(
              Severity.MINOR, Optional.empty(), OptionalInt.empty(), node.textValue()));
    }
    Optional<String> text = text(node, TEXTS);
    Optional<String> severity = text(node, List.of("severity", "level", "priority"));
    if (text.isEmpty() && severity.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> path = text(node, PATHS);
    Matcher both =
        PATH_AND_LINE.matcher(path.filter(each -> each.length() <= LONGEST_PATH).orElse(""));
    OptionalInt line = line(node);
    if (both.matches()) {
      path = Optional.of(both.group(1));
      line = line.isPresent() ? line : line(both.group(2));
    }
    return Optional.of(
        new ReviewFinding(
            severity.map(FindingReader::severity).orElse(Severity.MINOR),
            path,
            line,
            text.orElse("(without a text)")));
  }

  /** An unknown word may mean something bad. */
  private static Severity severity(String word) {
    return SEVERITIES.getOrDefault(word.strip().toLowerCase(Locale.ROOT), Severity.MAJOR);
  }

  private static Optional<String> text(JsonNode node, List<String> names) {
    return names.stream()
        .map(name -> CollectedReview.member(node, name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static OptionalInt line(JsonNode node) {
    return LINES.stream()
        .map(name -> CollectedReview.member(node, name))
        .map(FindingReader::lineOf)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt lineOf(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isEmpty() ? OptionalInt.empty() : lineOf(value.elements().next());
    }
    if (value.isNumber()) {
      return value.canConvertToInt() ? inFile(value.intValue()) : OptionalInt.empty();
    }
    return value.isTextual() ? line(value.textValue()) : OptionalInt.empty();
  }

  private static OptionalInt line(String text) {
    Matcher matcher = LINE.matcher(text);
    return matcher.lookingAt() ? inFile(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
  }

  private static OptionalInt inFile(int line) {
    return line >= 1 && line <= LAST_LINE ? OptionalInt.of(line) : OptionalInt.empty();
  }
}
