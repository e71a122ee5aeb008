package io.numa.avatar.git.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The source of a token or password, read each time the token is needed. */
public sealed interface TokenSource {
  /**
   * Reads the token. A file or command may give another token each time.
   *
   * @throws PortException of kind {@code UNAUTHORIZED} if there is none, {@code UNAVAILABLE} if a
   *     command does not print it in time; the message contains nothing of the text that was read
   */
  Secret read();

  /** Describes the source for the operator, such as {@code the file /run/secrets/token}. */
  String words();

  /** A token that never changes. */
  record Given(Secret secret) implements TokenSource {
    @Override
    public Secret read() {
      return secret;
    }

    @Override
    public String words() {
      return "the configuration";
    }
  }

  /** A token that is the only line of a file of at most 64 KiB. */
  record InFile(Path file) implements TokenSource {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Override
    public Secret read() {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        String text = new String(bytes, UTF_8).replaceFirst("[\r\n]+\\z", "");
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (bytes.length > MAX_BYTES || text.chars().anyMatch(Character::isISOControl)) {
          throw none("it holds more than one line of text");
        }
        if (text.isBlank()) {
          throw none("it is empty");
        }
        return new Secret(text);
      } catch (IOException e) {
        throw none("it cannot be read (" + e.getClass().getSimpleName() + ")");
      }
    }

    private PortException none(String reason) {
      return new PortException(
          FailureKind.UNAUTHORIZED, "could not read a token from " + words() + ": " + reason);
    }

    @Override
    public String words() {
      return "the file " + file;
    }
  }

  /**
   * A token that is the first line of a program's output. The program runs without a shell.
   *
   * @param command the program, by its path or its name on {@code PATH}, and its arguments
   */
  record ByCommand(List<String> command) implements TokenSource {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public ByCommand {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a token command must name a program");
      }
    }

    @Override
    public Secret read() {
      return new Secret(new TokenCommand(command, LIMIT).firstLine());
    }

    @Override
    public String words() {
      return "the command " + command.get(0);
    }
  }
}
