package io.numa.avatar.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log of one attempt on disk, which only grows: what was once given out at an offset is there
 * for as long as the file is, over crashes too.
 *
 * <p>What is appended is whole characters, and what cannot be appended leaves the store as it was.
 * For one thread at a time, but for {@link #length}.
 */
final class LogStore implements AutoCloseable {
  private static final int COPIED_AT_ONCE = 1 << 16;

  private final Path file;

  /** Not a channel: an interrupt, which is how tasks are cancelled, would close that for good. */
  private final RandomAccessFile storage;

  private final AtomicLong length = new AtomicLong();

  private LogStore(Path file) throws IOException {
    this.file = file;
    this.storage = new RandomAccessFile(file.toFile(), "rw");
  }

  /** Starts a log; there must be none yet. */
  static LogStore create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(file);
    return new LogStore(file);
  }

  /**
   * Opens the log of an attempt that an earlier life of the avatar began. A character that was not
   * written to its end is cut off; what a loss of power took is made up for with blanks up to
   * {@code acknowledged}, as the backend takes no text before that.
   *
   * @param acknowledged how many bytes of the log the backend has
   */
  static LogStore reopen(Path file, long acknowledged) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var store = new LogStore(file);
    try {
      store.cutTornCharacter();
      store.fillUpTo(acknowledged);
      return store;
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  private void cutTornCharacter() throws IOException {
    long size = storage.length();
    long from = Math.max(0, size - Utf8.LONGEST);
    byte[] last = read(from, (int) (size - from));
    length.set(from + Utf8.wholeCharacters(last, last.length));
    storage.setLength(length());
  }

  private void fillUpTo(long end) throws IOException {
    var blanks = new byte[COPIED_AT_ONCE];
    Arrays.fill(blanks, (byte) ' ');
    while (length() < end) {
      int count = (int) Math.min(blanks.length, end - length());
      if (length() + count == end) {
        blanks[count - 1] = '\n';
      }
      write(blanks, 0, count);
    }
  }

  /** How many bytes can be read; it only grows. For any thread. */
  long length() {
    return length.get();
  }

  /** Whether what is appended next begins a line. */
  boolean atLineStart() throws IOException {
    return length() == 0 || read(length() - 1, 1)[0] == '\n';
  }

  byte[] read(long offset, int count) throws IOException {
    var bytes = new byte[count];
    storage.seek(offset);
    storage.readFully(bytes);
    return bytes;
  }

  /** Appends bytes that are whole characters. */
  void append(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      storage.seek(length());
      storage.write(bytes, offset, count);
      length.addAndGet(count);
    } catch (IOException e) {
      storage.setLength(length()); // a full disk has taken a part
      throw e;
    }
  }

  /** Removes the log from the disk. */
  void discard() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
