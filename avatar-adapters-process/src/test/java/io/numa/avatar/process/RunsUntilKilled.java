package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Runs a line of shell for an attempt. Stands for the JVM of an avatar that the test kills. */
final class RunsUntilKilled {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final OutputSink DISCARD = (buffer, offset, length) -> {};

  private RunsUntilKilled() {}

  /**
   * Runs the line until it ends or this JVM is killed.
   *
   * @param args the level of process control, the attempt, the line, and {@code command} or {@code
   *     process}
   */
  public static void main(String[] args) throws InterruptedException {
    var runner =
        new LocalCommandRunner(
            ProcessSettings.defaults(System.getenv())
                .withStrongest(ProcessControl.valueOf(args[0])));
    Path directory = Path.of("").toAbsolutePath();
    var line = new Shell(args[2]);
    var owner = Optional.of(new AttemptId(UUID.fromString(args[1])));
    if (args[3].equals("command")) {
      runner.run(new Command(line, directory, Map.of(), LIMIT, Optional.empty(), owner), DISCARD);
    } else {
      boolean ignored =
          runner
              .processes()
              .start(
                  new ProcessRequest(line, directory, Map.of(), Set.of(), owner), DISCARD, DISCARD)
              .awaitExit(LIMIT);
    }
  }
}
