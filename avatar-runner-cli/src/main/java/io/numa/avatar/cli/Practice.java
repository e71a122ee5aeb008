package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.demo.IdleWorld;
import io.numa.avatar.time.Waiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Starts {@code avatar run} by a command, with a backend that has no task, until two polls have
 * been made and it has told about its sandboxes, which is the last thing of a start. So the command
 * can list the classes that a waiting avatar needs, for the JVM's archive of classes. The backend
 * is in another process, as it needs classes, too.
 */
public final class Practice {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TERMINATED = 143;

  private Practice() {}

  /**
   * Returns when the avatar has ended.
   *
   * @param arguments the folder for all files, which exists, and the command without {@code run}
   * @throws IllegalStateException if the avatar did not end by SIGTERM
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, TimeoutException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    var command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    try (var world = IdleWorld.create(folder)) {
      command.addAll(List.of("run", "--config", world.config().toString()));
      var told = new Waiter();
      Process avatar = start(command, folder);
      new Thread(() -> read(avatar, told), "practice").start();
      try {
        world.awaitPolls(2);
        told.pause(LIMIT);
      } finally {
        avatar.toHandle().destroy(); // Process.destroy would close its output, too
      }
      if (avatar.waitFor() != TERMINATED) {
        throw new IllegalStateException("the avatar ended with " + avatar.exitValue());
      }
    }
  }

  private static Process start(List<String> command, Path folder) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("AVATAR_"));
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  /** Notices the line about sandboxes. */
  private static void read(Process avatar, Waiter told) {
    try (var lines = new BufferedReader(new InputStreamReader(avatar.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("sandbox")) {
          told.wake();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the avatar's output: " + e.getMessage(), e);
    }
  }
}
