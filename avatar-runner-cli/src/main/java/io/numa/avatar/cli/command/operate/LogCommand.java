package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.console.operation.LogText;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avatar log}: the log of an attempt, also while it grows. */
@Command(
    name = "log",
    description = {
      "Prints the log of a task's last attempt.",
      "With --follow, it ends when the attempt ends: with 1 if the attempt is not done."
    })
final class LogCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int PART = 256 * 1024;

  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Parameters(paramLabel = "ID", description = "The task's id.")
  private String task = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Prints what is added, until the attempt ends.")
  private boolean follow;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "The attempt, as 'task' counts them; the last one if not given.")
  private @Nullable Integer attempt;

  LogCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() {
    return new Answers(terminals, options.json()).run(this::work);
  }

  private int work() {
    Configuration configuration = options.configuration(terminals);
    var parameters = new HashMap<>(Map.of("task", task, "most", Integer.toString(PART)));
    try (AvatarCalls calls = options.open(configuration)) {
      if (attempt != null) {
        parameters.put("attempt", id(calls.call("task", Map.of("task", task)), attempt));
      }
      return print(calls, parameters);
    } catch (NotRunningException e) {
      return printRest(configuration, parameters);
    }
  }

  /** Goes on in the files of an avatar that has ended meanwhile, such as after its last task. */
  private int printRest(Configuration configuration, Map<String, String> parameters) {
    try (AvatarCalls calls = options.open(configuration)) {
      return print(calls, parameters);
    }
  }

  /** The id of an attempt by its place. */
  private String id(JsonNode story, int place) {
    JsonNode attempts = story.path("attempts");
    if (place < 1 || place > attempts.size()) {
      throw new RefusedCallException(
          Problem.notFound(
              "task " + task + " has no attempt " + place,
              "it has " + attempts.size() + "; 'avatar task " + task + "' shows them"));
    }
    return attempts.get(place - 1).path("attempt").asText();
  }

  private int print(AvatarCalls calls, Map<String, String> parameters) {
    var text = new LogText(terminals.out(), terminals.colours().enabled());
    try {
      JsonNode last = print(calls, parameters, text);
      return follow ? ending(calls, last) : ExitCode.SUCCESS;
    } finally {
      text.end();
    }
  }

  /** Prints one part after the other, and returns the last one. */
  private JsonNode print(AvatarCalls calls, Map<String, String> parameters, LogText text) {
    JsonNode part = print(calls.call("log", parameters), text);
    parameters.put("attempt", part.path("attempt").asText());
    while (hasMore(part) || (follow && calls.running() && part.path("open").asBoolean())) {
      if (!hasMore(part)) {
        pause();
      }
      parameters.put("offset", part.path("next").asText());
      part = print(calls.call("log", parameters), text);
    }
    return part;
  }

  private JsonNode print(JsonNode part, LogText text) {
    if (!options.json()) {
      text.add(part.path("text").asText());
    } else if (part.path("next").asLong() > part.path("offset").asLong()) {
      terminals.out().println(part);
      terminals.out().flush();
    }
    return part;
  }

  /** A part that has nothing is the end, also where a killed process left half a character. */
  private static boolean hasMore(JsonNode part) {
    long next = part.path("next").asLong();
    return next < part.path("size").asLong() && next > part.path("offset").asLong();
  }

  private static void pause() {
    try {
      new Waiter().pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nothing interrupts a command", e);
    }
  }

  /** The exit code of an attempt that was followed. */
  private int ending(AvatarCalls calls, JsonNode part) {
    if (part.path("open").asBoolean()) {
      throw new NotRunningException(
          "no avatar is running; the next 'avatar run' continues the attempt");
    }
    for (JsonNode each : calls.call("task", Map.of("task", task)).path("attempts")) {
      if (each.path("attempt").equals(part.path("attempt"))) {
        return each.path("outcome").asText().equals("done") ? ExitCode.SUCCESS : ExitCode.FAILED;
      }
    }
    return ExitCode.FAILED;
  }
}
