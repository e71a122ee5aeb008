package io.numa.avatar.git.internal.objects.packindex;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;

/** Reads the objects of a pack as they are stored. Not thread-safe. */
abstract class EntryReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** The longest array that every JVM can create. */
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** The pack's file. */
  final FileChannel file;

  private final byte[] buffer = new byte[BUFFER];
  private final byte[] inflated = new byte[1 << 13];
  private final Inflater inflater = new Inflater();
  private final CRC32 crc = new CRC32();
  private int at;
  private int end;
  private long before;

  /**
   * @param file the pack's file; closed with this reader
   */
  EntryReader(FileChannel file) {
    this.file = file;
  }

  /** Receives an object's content, piece by piece. */
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  /**
   * Reads the next bytes.
   *
   * @param buffer receives the bytes; its old content has been used
   * @param used how many bytes of the old content were used
   * @return how many bytes the buffer holds now; -1 at the end
   */
  abstract int fill(byte[] buffer, int used) throws IOException;

  /** Continues at another position. */
  final void moveTo(long position) {
    before = position;
    at = 0;
    end = 0;
  }

  /** The position of the next byte. */
  final long position() {
    return before + at;
  }

  /** How many bytes of the buffer have been used. */
  final int used() {
    return at;
  }

  /** Whether all bytes in the buffer have been used. */
  final boolean isUsedUp() {
    return at == end;
  }

  final byte[] buffer() {
    return buffer;
  }

  /** Reads the header of the next object. */
  final EntryHeader header() throws IOException {
    crc.reset();
    return EntryHeader.read(this);
  }

  final int next() throws IOException {
    need();
    int next = buffer[at] & 0xff;
    use(1);
    return next;
  }

  final byte[] next(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) next();
    }
    return bytes;
  }

  /** Inflates an object's content. */
  final void inflate(long size, Sink sink) throws IOException {
    inflater.reset();
    long all = 0;
    while (!inflater.finished() && all <= size) { // stop if too long
      int count = inflateSome(inflated, 0, inflated.length);
      all += count;
      sink.take(inflated, count);
    }
    requireSize(size, all);
  }

  /** Inflates an object's content into one array. */
  final byte[] inflate(long size) throws IOException {
    if (size > LARGEST_ARRAY) {
      throw new TooLargeObjectInPackException(size, LARGEST_ARRAY);
    }
    inflater.reset();
    byte[] content = new byte[(int) size];
    int all = 0;
    while (!inflater.finished() && all < size) {
      all += inflateSome(content, all, content.length - all);
    }
    while (!inflater.finished()) { // the checksum after the content
      all += inflateSome(inflated, 0, 1);
      requireSize(size, all);
    }
    requireSize(size, all);
    return content;
  }

  /**
   * Inflates some bytes. May return 0 although the next call returns more, as the buffer may be
   * used up.
   */
  private int inflateSome(byte[] into, int from, int length) throws IOException {
    try {
      int given = inflater.getRemaining();
      int count = inflater.inflate(into, from, length);
      use(given - inflater.getRemaining());
      if (count == 0 && !inflater.finished()) {
        giveMore();
      }
      return count;
    } catch (DataFormatException e) {
      throw new CorruptObjectException("a pack has a damaged object: " + e.getMessage());
    }
  }

  private void giveMore() throws IOException {
    if (!inflater.needsInput()) {
      throw new CorruptObjectException("a pack has an object that cannot be decompressed");
    }
    need();
    inflater.setInput(buffer, at, end - at);
  }

  private static void requireSize(long expected, long actual) throws CorruptObjectException {
    if (expected != actual) {
      throw new CorruptObjectException(
          "a pack has an object that does not have the " + expected + " bytes of its header");
    }
  }

  /** The CRC-32 of the stored object, including its header. */
  final int crc() {
    return (int) crc.getValue();
  }

  private void need() throws IOException {
    if (at == end) {
      before += at;
      int used = at;
      at = 0;
      end = 0;
      end = Math.max(0, fill(buffer, used));
      if (end == 0) {
        throw new EOFException("a pack ends too soon");
      }
    }
  }

  private void use(int count) {
    crc.update(buffer, at, count);
    at += count;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
