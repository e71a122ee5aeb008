package io.numa.avatar.cli.config.value;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** A secret that a file holds, and that file. */
public record SecretFile(Path path, Secret secret) {
  private static final int MAX_BYTES = 64 * 1024;

  /** The secret that was given directly or by a file; empty if neither was given. */
  public static Optional<Secret> either(Optional<Secret> given, Optional<SecretFile> file) {
    return given.or(() -> file.map(SecretFile::secret));
  }

  /**
   * Reads the secret from a file, without the line end at the end.
   *
   * @throws UnacceptableException if the file cannot be read, or does not hold exactly one line
   */
  static SecretFile read(Path path) {
    String text;
    try {
      text = TextFile.read(path, MAX_BYTES).replaceFirst("[\r\n]+\\z", "");
    } catch (UnacceptableException e) {
      throw new UnacceptableException("names the file " + path + ", which " + e.reason());
    }
    if (text.isBlank()) {
      throw new UnacceptableException("names the file " + path + ", which is empty");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new UnacceptableException(
          "names the file " + path + ", which holds more than one line of text");
    }
    return new SecretFile(path, new Secret(text));
  }
}
