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

/** Reads a pack from a stream, and stores it in a file at the same time. */
final class ReceivedEntries extends EntryReader {
  private final InputStream in;
  private final MessageDigest digest = Constants.newMessageDigest();

  /**
   * @param in the stream; it may continue after the pack
   * @param file the file to create
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

  /**
   * Reads and verifies the checksum at the end of the pack.
   *
   * @return the checksum
   */
  byte[] finish() throws IOException {
    digest.update(buffer(), 0, used());
    byte[] sum = digest.digest();
    byte[] said = next(sum.length);
    if (!MessageDigest.isEqual(sum, said)) {
      throw new CorruptObjectException("a pack does not match its checksum");
    }
    if (!isUsedUp()) {
      throw new CorruptObjectException("a pack continues after its end");
    }
    return said;
  }

  /** Flushes all received bytes to the disk. */
  void force() throws IOException {
    file.force(true);
  }
}
