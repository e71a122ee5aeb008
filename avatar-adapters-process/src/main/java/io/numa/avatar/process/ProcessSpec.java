package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.Command;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to start.
 *
 * @param environment variables that it gets besides those that {@link ProcessSettings} allow
 * @param owner the attempt whose process it is
 */
record ProcessSpec(
    CommandLine line, Path directory, Map<String, String> environment, Optional<AttemptId> owner) {

  static ProcessSpec of(Command command) {
    return new ProcessSpec(
        command.line(), command.directory(), command.environment(), command.owner());
  }

  /** The program and its arguments. */
  List<String> words() {
    return line instanceof Argv argv ? argv.words() : List.of("/bin/sh", "-c", line.display());
  }

  String program() {
    return words().get(0);
  }
}
