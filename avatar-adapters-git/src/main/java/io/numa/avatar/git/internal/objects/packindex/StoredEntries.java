package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;

/** A pack that is in a file. */
final class StoredEntries extends EntryReader {
  private long end;

  StoredEntries(Path file) throws IOException {
    super(FileChannel.open(file, READ));
  }

  /**
   * Reads an object as it is stored, whole or as a difference.
   *
   * @param from where it begins
   * @param end where the next one does
   * @param sum of all that is stored of it, as it came
   */
  byte[] read(long from, long end, int sum) throws IOException {
    this.end = end;
    moveTo(from);
    byte[] content = inflate(header().size());
    if (crc() != sum) {
      throw new CorruptObjectException("a pack on the disk is not what came");
    }
    return content;
  }

  /** No more than the object, most of which are much smaller than the buffer. */
  @Override
  int fill(byte[] buffer, int used) throws IOException {
    long position = position();
    int length = (int) Math.min(buffer.length, end - position);
    return length == 0 ? -1 : file.read(ByteBuffer.wrap(buffer, 0, length), position);
  }
}
