package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns failures to start a process into messages that tell an operator what to do. */
final class ProcessFailures {
  /** Ends the message of {@link ProcessBuilder#start()}: the number and name of the OS's error. */
  private static final Pattern REASON = Pattern.compile("error=(\\d+), (.*)$", Pattern.DOTALL);

  private static final String ARGUMENTS_TOO_LONG = "7";

  private ProcessFailures() {}

  static PortException of(String program, String reason, @Nullable Throwable cause) {
    return new PortException(COMMAND_FAILED, "could not run '" + program + "': " + reason, cause);
  }

  /** Whether the system did not start a process because its arguments are too long. */
  static boolean tooLong(IOException e) {
    Matcher matcher = REASON.matcher(String.valueOf(e.getMessage()));
    return matcher.find() && matcher.group(1).equals(ARGUMENTS_TOO_LONG);
  }

  /** The failure for an exception of {@link ProcessBuilder#start()}. */
  static PortException notStarted(String program, IOException e) {
    return of(program, reason(e), e);
  }

  private static String reason(IOException e) {
    if (tooLong(e)) {
      return "its arguments and environment are too long; put them into a file";
    }
    Matcher matcher = REASON.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? matcher.group(2) : "the system did not start it";
  }
}
