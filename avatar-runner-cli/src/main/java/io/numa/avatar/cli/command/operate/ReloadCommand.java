package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.command.common.Terminals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avatar reload}: has the running avatar read its configuration anew. */
@Command(
    name = "reload",
    description = {
      "Has the running avatar read its configuration anew.",
      "It says which keys change, and which need a restart. Errors change nothing."
    })
final class ReloadCommand implements Callable<Integer> {
  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  ReloadCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return options.reload(terminals, (document, sheet) -> text(document));
  }

  private static String text(JsonNode document) {
    List<String> changed = keys(document.path("changed"));
    List<String> restart = keys(document.path("restart"));
    String text =
        changed.isEmpty()
            ? "the configuration was read again; nothing changes\n"
            : "from the next task on, this changes: " + String.join(", ", changed) + "\n";
    return restart.isEmpty()
        ? text
        : text + "only a restart changes: " + String.join(", ", restart) + "\n";
  }

  private static List<String> keys(JsonNode list) {
    var keys = new ArrayList<String>();
    list.forEach(key -> keys.add(key.asText()));
    return keys;
  }
}
