package io.numa.avatar.git.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The private key that signs commits. The avatar reads the file at each use, so the operator can
 * replace it at any time. No keyring and no agent is used.
 *
 * @param format the kind of key; when empty, detected from the file
 */
public record SigningKey(Path file, Optional<Format> format, Optional<Secret> passphrase) {
  /** In bytes; no real key is nearly as large. */
  private static final int LARGEST_FILE = 1 << 20;

  private static final String PGP = "-----BEGIN PGP ";

  /** The kinds of keys and signatures that Git knows and the avatar supports. */
  public enum Format {
    SSH,
    OPENPGP
  }

  /**
   * Reads the key.
   *
   * @param now the time at which the key must not have expired
   * @throws PortException of kind {@code UNAUTHORIZED} if the key cannot sign
   */
  public CommitSigner read(Instant now) {
    try {
      byte[] bytes = bytes();
      return formatOf(bytes) == Format.SSH
          ? SshCommitSigner.of(bytes, passphrase)
          : OpenPgpCommitSigner.of(bytes, passphrase, now);
    } catch (SigningKeyException e) {
      throw unusable(e);
    }
  }

  /** The failure of a key that cannot sign. */
  PortException unusable(SigningKeyException failure) {
    return new PortException(
        FailureKind.UNAUTHORIZED,
        "could not sign with the key '" + file + "': " + failure.getMessage(),
        failure);
  }

  private byte[] bytes() throws SigningKeyException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new SigningKeyException("it is far too large for a key; see git.signing_key", null);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new SigningKeyException("there is no such file; see git.signing_key", e);
    } catch (IOException e) {
      throw new SigningKeyException("it cannot be read; see git.signing_key", e);
    }
  }

  /** Binary OpenPGP keys begin with a byte that text never begins with. */
  private Format formatOf(byte[] bytes) {
    boolean openPgp =
        new String(bytes, ISO_8859_1).contains(PGP) || (bytes.length > 0 && bytes[0] < 0);
    return format.orElse(openPgp ? Format.OPENPGP : Format.SSH);
  }
}
