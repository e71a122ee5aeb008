package io.numa.avatar.git.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program that prints a token. The program gets the few environment variables below, and no
 * others. The avatar discards the program's error output, as it may contain secrets.
 */
final class TokenCommand {
  private static final int MAX_BYTES = 64 * 1024;

  /**
   * How long the output may stay open after the program has ended, held by processes that it left.
   */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private static final Set<String> SEEN =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "TMPDIR",
          "LANG",
          "LC_ALL",
          "TZ",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "SSL_CERT_DIR",
          "SSL_CERT_FILE");

  private final List<String> command;
  private final Duration limit;

  TokenCommand(List<String> command, Duration limit) {
    this.command = command;
    this.limit = limit;
  }

  /**
   * Runs the program, and then ends it and all processes that it started.
   *
   * @throws PortException of kind {@code UNAUTHORIZED} if the program cannot be run, fails or
   *     prints nothing, {@code UNAVAILABLE} if it takes too long or the thread is interrupted
   */
  String firstLine() {
    Process process = start();
    var output = new FutureTask<>(() -> head(process));
    var reader = new Thread(output, "avatar-token-command-" + process.pid());
    reader.setDaemon(true);
    reader.start();
    try {
      if (!process.waitFor(limit.toNanos(), NANOSECONDS)) {
        throw late("has not ended after " + limit.toSeconds() + " s", null);
      }
      byte[] printed = output.get(LAST_OUTPUT.toNanos(), NANOSECONDS);
      if (process.exitValue() != 0) {
        throw none("ended with exit code " + process.exitValue());
      }
      return firstLine(printed);
    } catch (TimeoutException e) {
      throw late("has left something running that keeps its output open", e);
    } catch (ExecutionException e) {
      throw late("has output that could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late("was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() {
    var builder = new ProcessBuilder(command);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> !SEEN.contains(name));
    try {
      return builder.start();
    } catch (IOException e) {
      // The cause repeats the arguments, which may contain secrets.
      throw none("cannot be run; is it on PATH, and executable?");
    }
  }

  /**
   * Reads the beginning of the output. The rest is not read: the program then writes into a closed
   * pipe.
   */
  private static byte[] head(Process process) throws IOException {
    try (InputStream out = process.getInputStream()) {
      return out.readNBytes(MAX_BYTES);
    }
  }

  private String firstLine(byte[] printed) {
    String line =
        new String(printed, UTF_8)
            .lines()
            .findFirst()
            .map(String::strip)
            .filter(this::sound)
            .orElse("");
    if (line.isEmpty()) {
      throw none("printed no token in its first line");
    }
    return line;
  }

  private boolean sound(String line) {
    return line.chars().noneMatch(Character::isISOControl);
  }

  private PortException none(String reason) {
    return failure(FailureKind.UNAUTHORIZED, reason, null);
  }

  private PortException late(String reason, @Nullable Throwable cause) {
    return failure(FailureKind.UNAVAILABLE, reason, cause);
  }

  private PortException failure(FailureKind kind, String reason, @Nullable Throwable cause) {
    return new PortException(
        kind, "could not get a token: the command '" + command.get(0) + "' " + reason, cause);
  }
}
