package io.numa.avatar.git.internal.objects;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectStream;

/**
 * Reads a large object, and compares its content with its id at the end. {@link #close()} reads the
 * part that the caller did not use, and fails if the content is another one. Single use; not
 * thread-safe.
 */
final class VerifiedStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream content;
  private final ObjectId id;
  private final VerifyingReader.Damage damage;
  private final MessageDigest digest;
  private boolean checked;

  private VerifiedStream(
      InputStream content, ObjectId id, MessageDigest digest, VerifyingReader.Damage damage) {
    this.content = content;
    this.id = id;
    this.digest = digest;
    this.damage = damage;
  }

  /**
   * Compares the content of an object with its id.
   *
   * @throws CorruptObjectException if it is another one
   */
  static void require(ObjectId id, int type, byte[] content, VerifyingReader.Damage damage)
      throws CorruptObjectException {
    MessageDigest digest = digest(type, content.length);
    digest.update(content);
    require(id, digest, damage);
  }

  private static void require(ObjectId id, MessageDigest digest, VerifyingReader.Damage damage)
      throws CorruptObjectException {
    if (!ObjectId.fromRaw(digest.digest()).equals(id)) {
      var found =
          new CorruptObjectException(id, "on this machine it has the content of another object");
      damage.found(found);
      throw found;
    }
  }

  private static MessageDigest digest(int type, long size) {
    MessageDigest digest = Constants.newMessageDigest();
    digest.update(Constants.encodedTypeString(type));
    digest.update((byte) ' ');
    digest.update(Constants.encodeASCII(size));
    digest.update((byte) 0);
    return digest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = content.read(buffer, offset, length);
    if (count > 0) {
      digest.update(buffer, offset, count);
    } else if (count < 0 && !checked) {
      checked = true;
      require(id, digest, damage);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    try (content) {
      byte[] rest = new byte[checked ? 0 : BUFFER];
      while (!checked) {
        read(rest, 0, rest.length);
      }
    }
  }

  /** Opens a large object for reading. */
  static final class Loader extends ObjectLoader {
    private final ObjectLoader stored;
    private final ObjectId id;
    private final VerifyingReader.Damage damage;

    Loader(ObjectLoader stored, ObjectId id, VerifyingReader.Damage damage) {
      this.stored = stored;
      this.id = id;
      this.damage = damage;
    }

    @Override
    public int getType() {
      return stored.getType();
    }

    @Override
    public long getSize() {
      return stored.getSize();
    }

    @Override
    public boolean isLarge() {
      return true;
    }

    @Override
    public byte[] getCachedBytes() {
      throw new LargeObjectException(id);
    }

    @Override
    public ObjectStream openStream() throws IOException {
      ObjectStream in = stored.openStream();
      MessageDigest digest = digest(in.getType(), in.getSize());
      return new ObjectStream.Filter(
          in.getType(), in.getSize(), new VerifiedStream(in, id, digest, damage));
    }
  }
}
