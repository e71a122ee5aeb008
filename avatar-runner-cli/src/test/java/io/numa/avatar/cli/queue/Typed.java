package io.numa.avatar.cli.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.AvatarCommand;
import io.numa.avatar.cli.command.common.Terminals;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * What a command that a person typed has done.
 *
 * @param out what it printed, without its error output
 */
record Typed(int exitCode, String out, String err) {
  /** Runs a command in this process. */
  static Typed in(String input, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var terminals =
        new Terminals(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            Map.of("PATH", System.getenv("PATH")));
    int code = AvatarCommand.execute(terminals, arguments);
    return new Typed(code, out.toString(), err.toString());
  }
}
