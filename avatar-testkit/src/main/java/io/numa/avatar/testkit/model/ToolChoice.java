package io.numa.avatar.testkit.model;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.numa.avatar.testkit.model.ModelAction.Calls;
import io.numa.avatar.testkit.model.ModelAction.Edits;
import io.numa.avatar.testkit.model.ModelAction.Reads;
import io.numa.avatar.testkit.model.ModelAction.RunsShell;
import io.numa.avatar.testkit.model.ModelAction.UsesTool;
import io.numa.avatar.testkit.model.ModelAction.Writes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the tool for an action among those that the agent offers. */
final class ToolChoice {
  private static final Set<String> READ = Set.of("readfile", "read");
  private static final Set<String> WRITE = Set.of("writefile", "write", "createfile");
  private static final Set<String> EDIT = Set.of("edit", "replace", "editfile", "strreplacefile");
  private static final Set<String> PATCH = Set.of("applypatch");
  private static final Set<String> SHELL =
      Set.of("runshellcommand", "bash", "shell", "shellcommand", "execcommand");

  /** A shell of Codex, which also understands a command line {@code apply_patch}. */
  private static final Set<String> PATCHING_SHELL = Set.of("shellcommand", "execcommand");

  private static final Set<String> PATH = Set.of("filepath", "path", "absolutepath");
  private static final Set<String> CONTENT = Set.of("content", "contents", "filetext");
  private static final Set<String> BEFORE = Set.of("oldstring", "oldstr", "old");
  private static final Set<String> AFTER = Set.of("newstring", "newstr", "new");
  private static final Set<String> COMMAND = Set.of("command", "cmd");

  private final Conversation conversation;

  ToolChoice(Conversation conversation) {
    this.conversation = conversation;
  }

  /** A tool and its arguments. */
  record Chosen(String tool, JsonNode arguments) {}

  /** A value for the parameter that has one of these names. */
  private record Value(Set<String> names, String text) {}

  /** No offered tool can do the action. */
  static final class NoToolException extends Exception {
    private static final long serialVersionUID = 1L;

    NoToolException(String message) {
      super(message);
    }
  }

  Chosen choose(UsesTool action) throws NoToolException {
    if (action instanceof Calls calls) {
      return new Chosen(calls.tool(), calls.arguments());
    }
    if (action instanceof RunsShell shell) {
      return shell(shell.command());
    }
    if (action instanceof Reads read) {
      return read(read);
    }
    return action instanceof Writes write ? write(write) : edit((Edits) action);
  }

  private Chosen shell(String command) throws NoToolException {
    return use(offered(SHELL), new Value(COMMAND, command));
  }

  private Chosen read(Reads read) throws NoToolException {
    Optional<Tool> tool = find(READ);
    return tool.isPresent()
        ? use(tool.get(), new Value(PATH, absolute(read.path())))
        : shell("cat " + quoted(absolute(read.path())));
  }

  private Chosen write(Writes write) throws NoToolException {
    String path = absolute(write.path());
    if (find(WRITE).isPresent()) {
      return use(offered(WRITE), new Value(PATH, path), new Value(CONTENT, write.content()));
    }
    if (find(EDIT).isPresent()) {
      return use(
          offered(EDIT),
          new Value(PATH, path),
          new Value(BEFORE, ""),
          new Value(AFTER, write.content()));
    }
    return canPatch()
        ? patch("*** Add File: " + write.path() + "\n" + marked("+", write.content()))
        : shell("printf %s " + quoted(write.content()) + " > " + quoted(path));
  }

  private Chosen edit(Edits edit) throws NoToolException {
    if (find(EDIT).isPresent() || !canPatch()) {
      return use(
          offered(EDIT),
          new Value(PATH, absolute(edit.path())),
          new Value(BEFORE, edit.before()),
          new Value(AFTER, edit.after()));
    }
    return patch(
        "*** Update File: "
            + edit.path()
            + "\n@@\n"
            + marked("-", edit.before())
            + marked("+", edit.after()));
  }

  private boolean canPatch() {
    return find(PATCH).isPresent() || find(PATCHING_SHELL).isPresent();
  }

  private Chosen patch(String changes) throws NoToolException {
    String patch = "*** Begin Patch\n" + changes + "*** End Patch";
    Optional<Tool> tool = find(PATCH);
    if (tool.isEmpty()) {
      return shell("apply_patch <<'END_OF_PATCH'\n" + patch + "\nEND_OF_PATCH");
    }
    return tool.get().takesText()
        ? new Chosen(tool.get().name(), TextNode.valueOf(patch))
        : use(tool.get(), new Value(Set.of("input", "patch"), patch));
  }

  private static String marked(String mark, String lines) {
    return lines.lines().map(line -> mark + line + "\n").collect(joining());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private String absolute(String path) {
    return conversation.resolve(path).toString();
  }

  private Optional<Tool> find(Set<String> names) {
    return conversation.tools().stream()
        .filter(tool -> names.contains(Tool.plain(tool.name())))
        .findFirst();
  }

  private Tool offered(Set<String> names) throws NoToolException {
    return find(names)
        .orElseThrow(
            () ->
                new NoToolException(
                    "the script needs a tool of "
                        + names
                        + ", the agent offers "
                        + conversation.tools().stream().map(Tool::name).toList()));
  }

  private static Chosen use(Tool tool, Value... values) throws NoToolException {
    return new Chosen(tool.name(), filled(tool, values));
  }

  /** Fills the schema's parameters. Those that are required beside {@code values} get a default. */
  private static ObjectNode filled(Tool tool, Value... values) throws NoToolException {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    Set<String> required = new HashSet<>();
    tool.schema().path("required").forEach(name -> required.add(name.asText()));
    List<Value> unused = new ArrayList<>(List.of(values));
    for (Map.Entry<String, JsonNode> property : tool.schema().path("properties").properties()) {
      String plain = Tool.plain(property.getKey());
      Optional<Value> meant =
          unused.stream().filter(value -> value.names().contains(plain)).findFirst();
      if (meant.isPresent()) {
        unused.remove(meant.get());
        arguments.set(property.getKey(), typed(property.getValue(), meant.get().text()));
      } else if (required.contains(property.getKey())) {
        arguments.set(property.getKey(), anyValue(property.getValue()));
      }
    }
    if (!unused.isEmpty()) {
      throw new NoToolException("the tool " + tool.name() + " has no parameter for " + unused);
    }
    return arguments;
  }

  /** A command may be a list: of a shell and its arguments. */
  private static JsonNode typed(JsonNode property, String value) {
    if (!property.path("type").asText().equals("array")) {
      return TextNode.valueOf(value);
    }
    ArrayNode command = JsonNodeFactory.instance.arrayNode();
    return command.add("bash").add("-c").add(value);
  }

  private static JsonNode anyValue(JsonNode property) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (property.path("type").asText()) {
      case "boolean" -> json.booleanNode(false);
      case "number", "integer" -> json.numberNode(0);
      case "array" -> json.arrayNode();
      case "object" -> json.objectNode();
      default -> json.textNode("as the task says");
    };
  }
}
