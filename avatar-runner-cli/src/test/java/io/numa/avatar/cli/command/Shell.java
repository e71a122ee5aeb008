package io.numa.avatar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.command.common.Terminals;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands in this process, and keeps what they print. */
final class Shell {
  private final Map<String, String> environment =
      new LinkedHashMap<>(
          Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")));
  private boolean interactive;
  private byte[] input = {};

  /** The result of a command. */
  record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Shell variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Gives the text to the standard input. */
  Shell input(String text) {
    input = text.getBytes(UTF_8);
    return this;
  }

  /** Acts as an interactive terminal. */
  Shell interactive() {
    interactive = true;
    return this;
  }

  /** Begins a command that ends when it is interrupted. */
  Running start(Object... arguments) {
    var out = new StringWriter();
    var thread = new Thread(() -> run(out, arguments), "shell");
    thread.start();
    return new Running(thread, out);
  }

  /** A command that runs. */
  record Running(Thread thread, StringWriter out) {
    /** Waits until the command has printed what the pattern finds, and returns its first group. */
    String await(Pattern pattern) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (true) {
        Matcher found = pattern.matcher(out.toString());
        if (found.find()) {
          return found.group(1);
        }
        assertThat(System.nanoTime()).as(out.toString()).isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }

    /** Ends it. */
    Result interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return new Result(0, out.toString(), "");
    }
  }

  Result run(Object... arguments) {
    return run(new StringWriter(), arguments);
  }

  private Result run(StringWriter out, Object... arguments) {
    var err = new StringWriter();
    var terminals =
        new Terminals(
            new ByteArrayInputStream(input),
            new PrintWriter(out),
            new PrintWriter(err),
            interactive,
            environment);
    String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    int exitCode = AvatarCommand.execute(terminals, texts);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
