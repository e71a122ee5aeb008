package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.operation.Sheet;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.cli.wiring.StoredIdentity;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all operator's commands: which avatar, and for whom the answer is. */
final class OperateOptions {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Prints the JSON document, for programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  Configuration configuration(Terminals terminals) {
    return config.load(Purpose.SHOW, terminals).configuration();
  }

  /** Asks the running avatar, or else its files, and prints the answer; returns the exit code. */
  int show(
      Terminals terminals,
      String word,
      Map<String, String> parameters,
      BiFunction<JsonNode, Sheet, String> text) {
    return print(terminals, this::open, word, parameters, text);
  }

  /** Orders the running avatar, and prints {@code done}; returns the exit code. */
  int order(Terminals terminals, String word, Map<String, String> parameters, String done) {
    return order(terminals, word, parameters, (document, sheet) -> done + "\n");
  }

  /** Orders the running avatar, and prints its answer; returns the exit code. */
  int order(
      Terminals terminals,
      String word,
      Map<String, String> parameters,
      BiFunction<JsonNode, Sheet, String> text) {
    return print(terminals, this::openRunning, word, parameters, text);
  }

  private int print(
      Terminals terminals,
      Function<Configuration, AvatarCalls> avatar,
      String word,
      Map<String, String> parameters,
      BiFunction<JsonNode, Sheet, String> text) {
    return new Answers(terminals, json)
        .run(
            () -> {
              try (AvatarCalls calls = avatar.apply(configuration(terminals))) {
                new Printer(terminals, json).print(calls.call(word, parameters), text);
              }
              return ExitCode.SUCCESS;
            });
  }

  /** The running avatar, or else what its files tell. */
  AvatarCalls open(Configuration configuration) {
    return running(configuration)
        .orElseGet(
            () ->
                new StoredCalls(
                    StoredAvatar.read(configuration, StoredIdentity.of(configuration))));
  }

  /** The running avatar. */
  AvatarCalls openRunning(Configuration configuration) {
    return running(configuration).orElseThrow(NoControls::refused);
  }

  static Optional<AvatarCalls> running(Configuration configuration) {
    try {
      return ControlClient.connect(ControlSocket.of(configuration.avatar().stateDir()))
          .map(RunningCalls::new);
    } catch (IOException e) {
      throw new UsageException("could not ask the running avatar: " + e.getMessage());
    }
  }
}
