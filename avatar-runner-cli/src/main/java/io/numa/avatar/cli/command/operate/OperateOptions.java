package io.numa.avatar.cli.command.operate;

import io.numa.avatar.cli.command.common.ConfigOptions;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.cli.wiring.StoredIdentity;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import java.io.IOException;
import java.util.Optional;
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
