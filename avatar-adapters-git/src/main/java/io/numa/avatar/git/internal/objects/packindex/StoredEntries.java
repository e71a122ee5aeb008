package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;

/** Reads the objects of a pack file. */
final class StoredEntries extends EntryReader {
  private long end;

  StoredEntries(Path file) throws IOException {
    super(FileChannel.open(file, READ));
  }

  /**
   * Reads a stored entry: a whole object, or a delta.
   *
   * @param from the position of its first byte
   * @param end the position after its last byte
   * @param sum the CRC-32 of its stored bytes, computed when the pack was received
   */
  byte[] read(long from, long end, int sum) throws IOException {
    this.end = end;
    moveTo(from);
    byte[] content = inflate(header().size());
    if (crc() != sum) {
      throw new CorruptObjectException("a pack on the disk differs from the received one");
    }
    return content;
  }

  /** Reads no further than the object's end; most objects are much smaller than the buffer. */
  @Override
  int fill(byte[] buffer, int used) throws IOException {
    long position = position();
    int length = (int) Math.min(buffer.length, end - position);
    return length == 0 ? -1 : file.read(ByteBuffer.wrap(buffer, 0, length), position);
  }
}
