package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;

/** A pack that comes in, kept in a file as it comes. */
final class ReceivedEntries extends EntryReader {
  private final InputStream in;
  private final MessageDigest digest = Constants.newMessageDigest();

  /**
   * @param in ends with the pack, or some time after it
   * @param file is made
   */
  ReceivedEntries(InputStream in, Path file) throws IOException {
    super(FileChannel.open(file, WRITE, CREATE_NEW));
    this.in = in;
  }

  @Override
  int fill(byte[] buffer, int used) throws IOException {
    digest.update(buffer, 0, used);
    int count = in.read(buffer);
    if (count > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    return count;
  }

  /** Reads the end of the pack, which is its sum, and has all of it on the disk. */
  byte[] finish() throws IOException {
    digest.update(buffer(), 0, used());
    byte[] sum = digest.digest();
    byte[] said = next(sum.length);
    if (!MessageDigest.isEqual(sum, said)) {
      throw new CorruptObjectException("a pack is not what its sum says");
    }
    if (!isUsedUp()) {
      throw new CorruptObjectException("a pack goes on after its end");
    }
    return said;
  }

  /** Waits until what has come is on the disk. */
  void force() throws IOException {
    file.force(true);
  }
}
