package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A text in JSON or YAML, as a tree.
 *
 * @param root a missing node if the text could not be parsed
 * @param hasList whether the text, as far as it could be parsed, has the requested list at its top
 * @param problems the problems of notation only: one if the text could not be parsed, and one for
 *     each duplicate key
 */
public record ParsedText(JsonNode root, boolean hasList, List<DocumentProblem> problems) {
  /** The longest text allowed, in characters. */
  public static final int MAX_CHARS = 32 << 20;

  private static final int MAX_DEPTH = 100;
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxStringLength(MAX_CHARS).maxNestingDepth(MAX_DEPTH).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .streamReadConstraints(CONSTRAINTS)
          .loaderOptions(yamlLimits())
          .build();

  private static LoaderOptions yamlLimits() {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CHARS);
    limits.setNestingDepthLimit(MAX_DEPTH);
    return limits;
  }

  /**
   * Parses a text as JSON if it looks like JSON; otherwise, or if that fails, as YAML.
   *
   * @param list the key of a list at the top; the result says whether the text has it
   */
  public static ParsedText parse(String text, String list) {
    if (text.length() > MAX_CHARS) {
      return unparsable("is larger than " + (MAX_CHARS >> 20) + " million characters", true);
    }
    if (!text.stripLeading().startsWith("{")) {
      return parse(text, list, YAML);
    }
    ParsedText json = parse(text, list, JSON);
    if (!json.root().isMissingNode()) {
      return json;
    }
    ParsedText yaml = parse(text, list, YAML);
    return yaml.root().isMissingNode() && json.hasList() ? json : yaml;
  }

  /** A parser for a text that {@link #parse} accepts. */
  static JsonParser parser(String text) throws IOException {
    boolean json = text.stripLeading().startsWith("{") && !isBroken(text);
    return (json ? JSON : YAML).createParser(text);
  }

  private static boolean isBroken(String json) {
    return parse(json, "", JSON).root().isMissingNode();
  }

  private static ParsedText parse(String text, String list, JsonFactory language) {
    try (JsonParser parser = language.createParser(text)) {
      var builder = new TreeBuilder(parser, list);
      try {
        return new ParsedText(builder.build(), builder.hasList(), builder.problems());
      } catch (JsonProcessingException e) {
        return unparsable("could not be parsed: " + reason(e), builder.hasList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be read", e);
    }
  }

  private static ParsedText unparsable(String problem, boolean hasList) {
    return new ParsedText(
        MissingNode.getInstance(),
        hasList,
        List.of(new DocumentProblem(JsonPointer.empty(), problem)));
  }

  /** The parser's message without the excerpt of the text at its end. */
  private static String reason(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      Mark at = yaml.getProblemMark();
      String words = yaml.getProblem().lines().findFirst().orElse("").strip();
      return "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": " + words;
    }
    String words = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    JsonLocation at = e.getLocation();
    return at == null
        ? words
        : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + words;
  }
}
