package io.numa.avatar.process.sandbox.cgroup;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets our helper join a group and start one more process: once where that is allowed, and once
 * where it is one too many.
 */
record HelperTrial(Path helper) implements Delegation.Trial {
  private static final int MANY = 8;
  private static final long MEMORY = 64L << 20;
  private static final int LIMIT_SECONDS = 10;

  @Override
  public void run(Path within) throws IOException {
    if (!starts(within, MANY)) {
      throw new IOException("processes cannot join groups of the avatar");
    }
    if (starts(within, 1)) {
      throw new IOException("groups of the avatar do not limit processes");
    }
  }

  private boolean starts(Path within, int processes) throws IOException {
    ControlGroup group = ControlGroup.make(GroupFiles.KERNEL, within, processes, MEMORY);
    try {
      return succeeds(words(group));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      group.end();
    }
  }

  private List<String> words(ControlGroup group) {
    String program = helper.toString();
    return Stream.of(
            List.of(program, "outer", "--cgroup", group.folder().toString(), "--"),
            List.of(program, "outer", "--", program, "notify", "probe"))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean succeeds(List<String> words) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().clear();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT_SECONDS, SECONDS);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }
}
