package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.AvatarCommand;
import io.numa.avatar.cli.command.Terminals;
import java.io.PrintStream;
import java.io.PrintWriter;

/** Where the program begins. */
public final class Main {
  private Main() {}

  /** Runs a command; see {@code --help}. */
  public static void main(String[] arguments) {
    var terminals =
        new Terminals(writer(System.out), writer(System.err), atTerminal(), System.getenv());
    System.exit(AvatarCommand.execute(terminals, arguments));
  }

  /** Whether both input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // the property keeps that meaning on JDK 22 and later
  private static boolean atTerminal() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, UTF_8);
  }
}
