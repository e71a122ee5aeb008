package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.ConfigurationException;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.console.operation.Sheet;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.cli.wiring.StoredIdentity;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all operator's commands: which avatar, and for whom the answer is. */
final class OperateOptions {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Prints the JSON document, for programs.")
  private boolean json;

  ConfigOptions config() {
    return config;
  }

  boolean json() {
    return json;
  }

  Configuration configuration(Terminals terminals) {
    return config.load(Purpose.OPERATE, terminals).configuration();
  }

  /** Asks the running avatar, or else its files, and prints the answer; returns the exit code. */
  int show(
      Terminals terminals,
      String word,
      Map<String, String> parameters,
      BiFunction<JsonNode, Sheet, String> text) {
    return print(terminals, () -> open(configuration(terminals)), word, parameters, text);
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
    return print(terminals, () -> openRunning(configuration(terminals)), word, parameters, text);
  }

  /**
   * Has the running avatar read its configuration anew, also if that has errors: the avatar says
   * then what is wrong. Prints its answer; returns the exit code.
   */
  int reload(Terminals terminals, BiFunction<JsonNode, Sheet, String> text) {
    return print(terminals, () -> openToReload(terminals), "reload", Map.of(), text);
  }

  private int print(
      Terminals terminals,
      Supplier<AvatarCalls> avatar,
      String word,
      Map<String, String> parameters,
      BiFunction<JsonNode, Sheet, String> text) {
    return new Answers(terminals, json)
        .run(
            () -> {
              try (AvatarCalls calls = avatar.get()) {
                new Printer(terminals, json).print(calls.call(word, parameters), text);
              }
              return ExitCode.SUCCESS;
            });
  }

  /** The running avatar, or else what its files tell. */
  AvatarCalls open(Configuration configuration) {
    return running(configuration.avatar().stateDir())
        .orElseGet(
            () ->
                new StoredCalls(
                    StoredAvatar.read(configuration, StoredIdentity.of(configuration))));
  }

  /** The running avatar. */
  AvatarCalls openRunning(Configuration configuration) {
    return running(configuration.avatar().stateDir()).orElseThrow(NoControls::refused);
  }

  private AvatarCalls openToReload(Terminals terminals) {
    try {
      return openRunning(configuration(terminals));
    } catch (ConfigurationException e) {
      return e.stateDir()
          .flatMap(OperateOptions::running)
          .orElseThrow(
              () ->
                  new UsageException(
                      e.getMessage() + "\nnothing has changed: no running avatar was found by it"));
    }
  }

  /** The running avatar with this state directory, if there is one. */
  static Optional<AvatarCalls> running(Path stateDir) {
    try {
      return ControlClient.connect(ControlSocket.of(stateDir)).map(RunningCalls::new);
    } catch (IOException e) {
      throw new UsageException("could not ask the running avatar: " + e.getMessage());
    }
  }
}
