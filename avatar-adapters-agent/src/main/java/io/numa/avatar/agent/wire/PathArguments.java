package io.numa.avatar.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The arguments of tools that name files, in the spellings of the agents. */
public final class PathArguments {
  /** Without their punctuation. */
  private static final Set<String> NAMES =
      Set.of(
          "path",
          "filepath",
          "absolutepath",
          "abspath",
          "notebookpath",
          "dirpath",
          "directory",
          "dir",
          "cwd",
          "workdir",
          "parentdir",
          "oldpath",
          "newpath",
          "targetfile",
          "filename");

  private PathArguments() {}

  /** The paths among a tool's arguments. */
  public static List<String> of(JsonNode arguments) {
    return arguments.properties().stream()
        .filter(argument -> NAMES.contains(word(argument.getKey())))
        .map(argument -> argument.getValue().asText(""))
        .filter(value -> !value.isEmpty() && !value.contains("://"))
        .toList();
  }

  private static String word(String name) {
    return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
  }
}
