package io.numa.avatar.nats.internal.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Signs with the seed in a file, which it reads each time. */
final class NkeyHandler implements AuthHandler {
  private final Path file;

  NkeyHandler(Path file) {
    this.file = file;
  }

  private interface Use<T> {
    T of(NKey key) throws GeneralSecurityException, IOException;
  }

  @Override
  public byte[] sign(byte[] nonce) {
    return with(key -> key.sign(nonce));
  }

  @Override
  public char[] getID() {
    return with(NKey::getPublicKey);
  }

  @Override
  public char @Nullable [] getJWT() {
    return null;
  }

  private <T> T with(Use<T> use) {
    try {
      NKey key = NKey.fromSeed(Files.readString(file, US_ASCII).strip().toCharArray());
      try {
        return use.of(key);
      } finally {
        key.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("the file " + file + " holds no seed of an NKey", e);
    }
  }
}
