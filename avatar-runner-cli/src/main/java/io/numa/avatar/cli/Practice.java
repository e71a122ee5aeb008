package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.AvatarCommand;
import io.numa.avatar.cli.command.ProcessEnd;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.demo.IdleWorld;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.TimeoutException;

/**
 * Runs {@code avatar run} with a backend that has no task, until two polls have been made. This
 * loads the classes that a waiting avatar needs, for the JVM's archive of classes.
 */
public final class Practice {
  private Practice() {}

  /**
   * Ends as {@code avatar run} does after SIGTERM.
   *
   * @param arguments the folder for all its files, which exists
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    try (var world = IdleWorld.create(folder)) {
      new Thread(() -> stopAfterPolls(world), "practice").start();
      String config = world.config().toString();
      ProcessEnd.with(AvatarCommand.execute(silent(folder), "run", "--config", config));
    }
  }

  private static Terminals silent(Path folder) {
    var out = new PrintWriter(Writer.nullWriter());
    var err = new PrintWriter(System.err, true, UTF_8);
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("AVATAR_"));
    environment.put("HOME", folder.toString());
    return new Terminals(InputStream.nullInputStream(), out, err, false, environment);
  }

  private static void stopAfterPolls(IdleWorld world) {
    try {
      world.awaitPolls(2);
      String process = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-TERM", process).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("could not stop the avatar: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the avatar does not poll", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
