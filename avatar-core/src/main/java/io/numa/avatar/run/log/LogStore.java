package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt on disk, which only grows: what was once given out at an offset is there
 * for as long as the file is, over crashes too.
 *
 * <p>It has a quota. The file takes half of what is left of that; what comes then is kept apart,
 * the last quarter of it, until {@link #joinTail} puts it behind a line that reports the gap. The
 * quarter that is left is for the copy of that, and then for what comes behind.
 *
 * <p>What is appended is whole characters, and what cannot be appended leaves the store consistent.
 * For one thread at a time, but for {@link #length}.
 */
final class LogStore implements AutoCloseable {
  static final int COPIED_AT_ONCE = 1 << 16;

  /** Room for the line that reports a gap, and for the smallest of tails, twice. */
  private static final int RESERVE = 128 + 2 * LogTail.SMALLEST;

  private final Path file;

  /** Not a channel: an interrupt, which is how tasks are cancelled, would close that for good. */
  private final RandomAccessFile storage;

  private final long quota;
  private final AtomicLong length = new AtomicLong();
  private long headEnd;
  private long tailSize;
  private @Nullable LogTail tail;

  private LogStore(Path file, long quota) throws IOException {
    this.file = file;
    this.quota = quota;
    this.storage = new RandomAccessFile(file.toFile(), "rw");
  }

  /**
   * Opens the log of an attempt, with the tail that a previous process left, and makes it if it is
   * missing. A character that was not written to its end is cut off; what a loss of power took is
   * made up for with blanks up to {@code acknowledged}, as the backend takes no text before that.
   *
   * @param acknowledged how many bytes of the log the backend has
   */
  static LogStore open(Path file, long acknowledged, long quota) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var store = new LogStore(file, quota);
    try {
      store.recover(acknowledged);
      return store;
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  private void recover(long acknowledged) throws IOException {
    tail = LogTail.find(file).orElse(null);
    if (tail != null) {
      // What is behind that was being joined.
      storage.setLength(Math.min(storage.length(), tail.place()));
    }
    length.set(endOfCharacters());
    fillUpTo(acknowledged);
    joinTail();
    shareOut();
  }

  /** Cuts off a character that was not written to its end, and says where the file ends then. */
  private long endOfCharacters() throws IOException {
    long size = storage.length();
    long from = Math.max(0, size - Utf8.LONGEST);
    byte[] last = read(from, (int) (size - from));
    long end = from + Utf8.wholeCharacters(last, last.length);
    storage.setLength(end);
    return end;
  }

  private void fillUpTo(long end) throws IOException {
    var blanks = new byte[COPIED_AT_ONCE];
    Arrays.fill(blanks, (byte) ' ');
    while (length() < end) {
      int count = (int) Math.min(blanks.length, end - length());
      if (length() + count == end) {
        blanks[count - 1] = '\n';
      }
      write(blanks, count);
    }
  }

  private void shareOut() {
    long room = Math.max(0, quota - length() - RESERVE);
    headEnd = length() + room / 2;
    tailSize = room / 4;
  }

  /** How many bytes can be read; it only grows. For any thread. */
  long length() {
    return length.get();
  }

  /** Whether what is appended next begins a line. */
  boolean atLineStart() throws IOException {
    return tail == null ? headAtLineStart() : tail.atLineStart();
  }

  private boolean headAtLineStart() throws IOException {
    return length() == 0 || read(length() - 1, 1)[0] == '\n';
  }

  byte[] read(long offset, int count) throws IOException {
    var bytes = new byte[count];
    storage.seek(offset);
    storage.readFully(bytes);
    return bytes;
  }

  /**
   * Appends bytes that are whole characters. They are let go if there is not even room to tell of
   * them, which comes to that where a tail was joined many times.
   */
  void append(byte[] bytes) throws IOException {
    if (tail == null && quota - length() < RESERVE) {
      return;
    }
    int fitting = tail == null ? fitting(bytes) : 0;
    write(bytes, fitting);
    if (fitting < bytes.length) {
      if (tail == null) {
        tail = LogTail.create(file, length(), tailSize);
      }
      tail.append(bytes, fitting);
    }
  }

  /** How many bytes the file can take: whole lines if it can, whole characters always. */
  private int fitting(byte[] bytes) throws IOException {
    if (length() + bytes.length <= headEnd) {
      return bytes.length;
    }
    int characters = Utf8.wholeCharacters(bytes, (int) (headEnd - length()));
    int lines = Utf8.wholeLines(bytes, characters);
    return lines > 0 || headAtLineStart() ? lines : characters;
  }

  private void write(byte[] bytes, int count) throws IOException {
    try {
      storage.seek(length());
      storage.write(bytes, 0, count);
      length.addAndGet(count);
    } catch (IOException e) {
      storage.setLength(length()); // a full disk has taken a part
      throw e;
    }
  }

  /**
   * Appends what was kept apart, behind a line that says how much is left out before it; does
   * nothing if there is none. All of it can be read at once, or, where it fails, none.
   */
  void joinTail() throws IOException {
    LogTail kept = tail;
    if (kept != null) {
      long end = appendAll(kept);
      kept.setJoined();
      length.set(end);
      tail = null;
      shareOut();
      kept.discard();
    }
  }

  private long appendAll(LogTail kept) throws IOException {
    try {
      storage.seek(length());
      storage.write(gapLine(kept.leftOut()));
      kept.copyTo((buffer, count) -> storage.write(buffer, 0, count));
      return endOfCharacters();
    } catch (IOException e) {
      storage.setLength(length());
      throw e;
    }
  }

  private byte[] gapLine(long leftOut) throws IOException {
    if (leftOut == 0) {
      return new byte[0];
    }
    String line =
        "[" + leftOut + " bytes are left out here, as this log may have " + quota + " bytes]\n";
    return ((headAtLineStart() ? "" : "\n") + line).getBytes(UTF_8);
  }

  /** Removes the log from the disk. */
  void discard() throws IOException {
    close();
    LogTail.remove(file);
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    storage.close();
    if (tail != null) {
      tail.close();
    }
  }
}
