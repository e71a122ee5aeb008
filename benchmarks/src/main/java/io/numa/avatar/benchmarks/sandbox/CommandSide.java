package io.numa.avatar.benchmarks.sandbox;

import static io.numa.avatar.port.sandbox.WorkKind.RUN;

import io.numa.avatar.benchmarks.commands.Machinery;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the shortest command at one level. */
final class CommandSide implements Side {
  private static final RepositoryUrl REPOSITORY =
      RepositoryUrl.parse("https://git.example.com/benchmark.git");

  private final Machinery machinery;
  private final Command command;

  CommandSide(SandboxProfile profile, Path folder) throws IOException {
    this.machinery = new Machinery(profile, folder);
    Path tree = Files.createDirectories(folder.resolve("tree"));
    this.command =
        new Command(
            new CommandLine.Shell("true"),
            tree,
            Map.of(),
            Duration.ofMinutes(1),
            Optional.empty(),
            Optional.of(AttemptId.random()),
            Optional.of(new SandboxSite(RUN, REPOSITORY, tree, Set.of())));
  }

  /** What this machine does not hold of the level. */
  List<String> lacks() {
    return machinery.sandboxes().level(RUN, Optional.of(REPOSITORY)).report().lacks();
  }

  @Override
  public long nanos() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    CommandResult result = machinery.commands().run(command, (buffer, offset, length) -> {});
    long taken = System.nanoTime() - begin;
    if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
      throw new IOException("'true' ended with " + result);
    }
    return taken;
  }

  @Override
  public void close() throws IOException {
    machinery.close();
  }
}
