package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.AvatarCommand;
import io.numa.avatar.cli.command.ProcessEnd;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.demo.IdleWorld;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeoutException;

/**
 * Runs {@code avatar run} with a backend that has no task, until two polls have been made and it
 * has told about its sandboxes, which is the last thing of a start. This loads the classes that a
 * waiting avatar needs, for the JVM's archive of classes.
 */
public final class Practice {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Practice() {}

  /**
   * Ends as {@code avatar run} does after SIGTERM.
   *
   * @param arguments the folder for all its files, which exists
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    try (var world = IdleWorld.create(folder)) {
      var output = new Output();
      new Thread(() -> stopAfterStart(world, output), "practice").start();
      String config = world.config().toString();
      ProcessEnd.with(AvatarCommand.execute(silent(folder, output), "run", "--config", config));
    }
  }

  private static Terminals silent(Path folder, Output output) {
    var out = new PrintWriter(output);
    var err = new PrintWriter(System.err, true, UTF_8);
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("AVATAR_"));
    environment.put("HOME", folder.toString());
    return new Terminals(InputStream.nullInputStream(), out, err, false, environment);
  }

  private static void stopAfterStart(IdleWorld world, Output output) {
    try {
      world.awaitPolls(2);
      output.told.pause(LIMIT);
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

  /** Drops all, and notices the line about sandboxes. */
  private static final class Output extends Writer {
    private final Waiter told = new Waiter();

    @Override
    public void write(char[] text, int start, int length) {
      if (String.valueOf(text, start, length).contains("sandbox")) {
        told.wake();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
