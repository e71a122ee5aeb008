package io.numa.avatar.git.internal.support;

import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Marks what this avatar wrote into its workspace, so that another program's change is noticed
 * (HMAC-SHA-256). The key is in the workspace, which no sandbox shows; a command without a sandbox
 * can read it. Safe for use by several threads and processes.
 */
public final class Seal {
  /** In bytes. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final Optional<Path> file;
  private volatile byte @Nullable [] key;

  private Seal(Optional<Path> file, byte @Nullable [] key) {
    this.file = file;
    this.key = key;
  }

  /**
   * A seal that later processes recognise.
   *
   * @param file has the key; created when first needed
   */
  public static Seal by(Path file) {
    return new Seal(Optional.of(file), null);
  }

  /** A seal that no other process recognises. */
  public static Seal ofThisProcess() {
    return new Seal(Optional.empty(), random());
  }

  /**
   * The mark of a content.
   *
   * @param place where it is kept; the same content has another mark elsewhere
   */
  public byte[] of(Path place, byte[] content) throws IOException {
    byte[] name = FileNames.bytes(place.toAbsolutePath());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
      mac.update(name);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Whether a mark is that of a content at a place. */
  public boolean matches(byte[] mark, Path place, byte[] content) throws IOException {
    return MessageDigest.isEqual(mark, of(place, content));
  }

  private byte[] key() throws IOException {
    byte[] known = key;
    if (known == null && file.isPresent()) {
      known = read(file.get());
      key = known;
    }
    return known == null ? new byte[0] : known;
  }

  /** Reads the key, or makes one. The file appears with its whole content. */
  private static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFolders.make(file.resolveSibling(""));
      Path made =
          Files.createTempFile(
              file.resolveSibling(""),
              ".seal-",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(made, random());
        Files.createLink(file, made);
      } catch (FileAlreadyExistsException e) {
        // another process was faster
      } finally {
        Files.delete(made);
      }
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != LENGTH) {
      throw new IOException("'" + file + "' is no key; remove it");
    }
    return key;
  }

  private static byte[] random() {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
