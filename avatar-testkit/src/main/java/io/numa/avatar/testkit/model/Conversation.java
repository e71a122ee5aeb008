package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request tells, in all dialects alike.
 *
 * @param prompts what the person said, in order, with the context that some agents put before it
 * @param results how many results of tools follow the last prompt
 * @param folder the agent's working directory, if the request names it
 */
record Conversation(List<Tool> tools, List<String> prompts, int results, Optional<Path> folder) {
  /** How agents name their working directory, in the words of each. */
  private static final Pattern FOLDER =
      Pattern.compile(
          "(?:<cwd>|[Ww]orking directory: |in the directory: |Workspace Directories:\\*\\*\n  - )"
              + "(/[^\n<]+)");

  Conversation {
    tools = List.copyOf(tools);
    prompts = List.copyOf(prompts);
  }

  /** The last prompt, or an empty text. */
  String prompt() {
    return prompts.isEmpty() ? "" : prompts.get(prompts.size() - 1);
  }

  /** Identifies the last prompt among all of the conversation, also where it repeats one. */
  String promptKey() {
    return prompts.stream().filter(prompt()::equals).count() + " " + prompt();
  }

  boolean mentions(String text) {
    return prompts.stream().anyMatch(prompt -> prompt.contains(text));
  }

  Path resolve(String path) {
    return folder.map(known -> known.resolve(path)).orElse(Path.of(path));
  }

  /** Collects a conversation in its order. */
  static final class Builder {
    private final List<Tool> tools = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private int results;

    void tool(String name, JsonNode schema) {
      tools.add(new Tool(name, schema));
    }

    /** Adds a message of the person. Reminders that the agent adds are none. */
    void prompt(String text) {
      if (!text.isBlank() && !text.stripLeading().startsWith("<system-reminder>")) {
        prompts.add(text);
        results = 0;
      }
    }

    void results(int count) {
      results += count;
    }

    Conversation build(JsonNode body) {
      return new Conversation(tools, prompts, results, folder(body));
    }

    private static Optional<Path> folder(JsonNode node) {
      if (node.isTextual()) {
        Matcher named = FOLDER.matcher(node.textValue());
        return named.find() ? Optional.of(Path.of(named.group(1).strip())) : Optional.empty();
      }
      for (JsonNode part : node) {
        Optional<Path> found = folder(part);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
  }
}
