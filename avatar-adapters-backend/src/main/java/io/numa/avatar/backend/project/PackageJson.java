package io.numa.avatar.backend.project;

import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code package.json}.
 *
 * @param texts the text values at the top, by name
 * @param sections the objects at the top, by name, each as its text values by name
 * @param lists the names of the lists at the top
 */
record PackageJson(
    Map<String, String> texts, Map<String, Map<String, String>> sections, Set<String> lists) {
  static final String FILE = "package.json";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String WORKSPACES = "workspaces";
  private static final Pattern MEMBERS = Pattern.compile("(.+/)package\\.json");

  /** How many files of members are read. */
  private static final int MAX_MEMBERS = 200;

  /** Accepts what JavaScript tools accept, and what they write by mistake. */
  private static final JsonFactory LENIENT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  PackageJson {
    texts = Map.copyOf(texts);
    sections = Map.copyOf(sections);
    lists = Set.copyOf(lists);
  }

  static PackageJson in(ProjectFolder folder) {
    return of(folder.text(FILE));
  }

  /** Reads a text. If it is not valid JSON, reads the part before the error. */
  static PackageJson of(String json) {
    var texts = new HashMap<String, String>();
    var sections = new HashMap<String, Map<String, String>>();
    var lists = new HashSet<String>();
    String text = json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json;
    try (JsonParser parser = LENIENT.createParser(text)) {
      read(parser, texts, sections, lists);
    } catch (IOException e) {
      // npm reports the error when it runs the tests.
      return new PackageJson(texts, sections, lists);
    }
    return new PackageJson(texts, sections, lists);
  }

  String text(String name) {
    return texts.getOrDefault(name, "");
  }

  /** Whether the script {@code test} does more than to print a line or to fail. */
  boolean hasTestScript() {
    String script = section("scripts").getOrDefault("test", "");
    return !script.isBlank() && !Idle.onlyPrintsOrEnds(script);
  }

  /** The scripts of these names that it has, each as its name and its text. */
  List<String> scripts(List<String> names) {
    Map<String, String> scripts = section("scripts");
    return names.stream()
        .filter(scripts::containsKey)
        .map(name -> name + ": " + scripts.get(name))
        .toList();
  }

  /** The files of the members of a workspace; empty if the project is none. */
  static List<String> members(ProjectFolder folder) {
    return in(folder).hasMembers(folder)
        ? folder.files(MEMBERS).limit(MAX_MEMBERS).toList()
        : List.of();
  }

  /** Whether the project has members of which one has a test script. */
  boolean hasTestedMember(ProjectFolder folder) {
    return hasMembers(folder)
        && folder
            .files(MEMBERS)
            .limit(MAX_MEMBERS)
            .anyMatch(member -> of(folder.text(member)).hasTestScript());
  }

  /** Whether the project names packages to fetch. */
  boolean needsPackages(ProjectFolder folder) {
    return hasMembers(folder)
        || Stream.of("dependencies", "devDependencies", "optionalDependencies")
            .anyMatch(name -> !section(name).isEmpty());
  }

  private boolean hasMembers(ProjectFolder folder) {
    return lists.contains(WORKSPACES)
        || sections.containsKey(WORKSPACES)
        || folder.has("pnpm-workspace.yaml");
  }

  private Map<String, String> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  private static void read(
      JsonParser parser,
      Map<String, String> texts,
      Map<String, Map<String, String>> sections,
      Set<String> lists)
      throws IOException {
    if (parser.nextToken() != START_OBJECT) {
      return;
    }
    while (parser.nextToken() == FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> {
          var section = new HashMap<String, String>();
          sections.put(name, section);
          readTexts(parser, section);
        }
        case VALUE_STRING -> texts.put(name, parser.getText());
        case START_ARRAY -> {
          lists.add(name);
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
  }

  private static void readTexts(JsonParser parser, Map<String, String> section) throws IOException {
    while (parser.nextToken() == FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() == VALUE_STRING) {
        section.put(key, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }
}
