package io.numa.avatar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.common.Terminals;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  Result run(Object... arguments) {
    var out = new StringWriter();
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
