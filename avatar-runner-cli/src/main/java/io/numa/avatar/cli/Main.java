package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.AvatarCommand;
import io.numa.avatar.cli.command.common.ProcessEnd;
import io.numa.avatar.cli.command.common.Terminals;
import java.io.PrintStream;
import java.io.PrintWriter;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs a command; see {@code --help}. */
  public static void main(String[] arguments) {
    var terminals =
        new Terminals(
            System.in, writer(System.out), writer(System.err), atTerminal(), System.getenv());
    ProcessEnd.with(AvatarCommand.execute(terminals, arguments));
  }

  /** Whether the standard input and the standard output are both terminals. */
  @SuppressWarnings("SystemConsoleNull") // the property keeps null's meaning
  private static boolean atTerminal() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, UTF_8);
  }
}
