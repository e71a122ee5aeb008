package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs a line of shell for an attempt. Stands for the JVM of an avatar that the test kills. */
final class RunsUntilKilled {
  private RunsUntilKilled() {}

  /**
   * Runs the line until it ends or this JVM is killed.
   *
   * @param args the level of process control, the attempt, and the line
   */
  public static void main(String[] args) throws InterruptedException {
    var settings =
        ProcessSettings.defaults(System.getenv()).withStrongest(ProcessControl.valueOf(args[0]));
    new LocalCommandRunner(settings)
        .run(
            new Command(
                new Shell(args[2]),
                Path.of("").toAbsolutePath(),
                Map.of(),
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.of(new AttemptId(UUID.fromString(args[1])))),
            (buffer, offset, length) -> {});
  }
}
