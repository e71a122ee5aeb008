package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt on disk. It only grows: the bytes that were read at an offset stay there
 * as long as the file exists, even after a crash.
 *
 * <p>The log has a quota. The file takes half of the unused quota. Later text goes into a separate
 * tail, which keeps the end of that text and takes a quarter of the unused quota. {@link #joinTail}
 * then appends to the file a line that reports the gap, and the tail. The remaining quarter is for
 * the copy of the tail, and for text after it.
 *
 * <p>Callers append whole characters. A failed append leaves the store consistent. Not thread-safe,
 * except {@link #length}.
 */
final class LogStore implements AutoCloseable {
  static final int COPIED_AT_ONCE = 1 << 16;

  /** Space for the line that reports a gap, and for the smallest tail twice. */
  private static final int RESERVE = 128 + 2 * LogTail.SMALLEST;

  private final Path file;

  /** Not a channel: an interrupt closes a channel, and tasks are cancelled by interrupts. */
  private final RandomAccessFile storage;

  private final long quota;
  private final AtomicLong length = new AtomicLong();
  private long headEnd;
  private boolean headAtLineStart;
  private long tailSize;
  private @Nullable LogTail tail;

  private LogStore(Path file, long quota) throws IOException {
    this.file = file;
    this.quota = quota;
    this.storage = new RandomAccessFile(file.toFile(), "rw");
  }

  /**
   * Opens the log of an attempt, with the tail that a previous process left. Creates the log if it
   * is missing. Cuts off a character that was written only in part. If a loss of power has removed
   * bytes that the backend has, fills the file with blanks up to {@code acknowledged}, because the
   * backend accepts no text before that offset.
   *
   * @param acknowledged how many bytes of the log the backend has
   */
  static LogStore open(Path file, long acknowledged, long quota) throws IOException {
    PrivateFolders.make(file.toAbsolutePath().resolveSibling(""));
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
      // Bytes after that offset come from a join that a crash interrupted.
      storage.setLength(Math.min(storage.length(), tail.place()));
    }
    length.set(endOfCharacters());
    findLineStart();
    fillUpTo(acknowledged);
    joinTail();
    shareOut();
  }

  /** Cuts off a character that was written only in part, and returns the new end of the file. */
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

  /** How many bytes can be read; it only grows. Safe for use by several threads. */
  long length() {
    return length.get();
  }

  /** Whether the next append begins a line. */
  boolean atLineStart() {
    return tail == null ? headAtLineStart : tail.atLineStart();
  }

  private void findLineStart() throws IOException {
    headAtLineStart = length() == 0 || read(length() - 1, 1)[0] == '\n';
  }

  byte[] read(long offset, int count) throws IOException {
    var bytes = new byte[count];
    storage.seek(offset);
    storage.readFully(bytes);
    return bytes;
  }

  /**
   * Appends bytes that are whole characters. Drops them without notice if there is no space left
   * for a line about the gap; this happens only after many joined tails.
   */
  void append(byte[] bytes) throws IOException {
    if (tail == null && quota - length() < RESERVE) {
      return;
    }
    int fitting = tail == null ? fitting(bytes) : 0;
    write(bytes, fitting);
    if (fitting < bytes.length) {
      if (tail == null) {
        tail = LogTail.create(file, length(), tailSize, headAtLineStart);
      }
      tail.append(bytes, fitting);
    }
  }

  /** How many of the bytes fit into the file: whole lines if possible, always whole characters. */
  private int fitting(byte[] bytes) {
    if (length() + bytes.length <= headEnd) {
      return bytes.length;
    }
    int characters = Utf8.wholeCharacters(bytes, (int) (headEnd - length()));
    int lines = Utf8.wholeLines(bytes, characters);
    return lines > 0 || headAtLineStart ? lines : characters;
  }

  private void write(byte[] bytes, int count) throws IOException {
    try {
      storage.seek(length());
      storage.write(bytes, 0, count);
      length.addAndGet(count);
      headAtLineStart = count == 0 ? headAtLineStart : bytes[count - 1] == '\n';
    } catch (IOException e) {
      storage.setLength(length()); // a full disk may have accepted a part
      throw e;
    }
  }

  /**
   * Appends the tail after a line that says how many bytes are left out before it. Does nothing if
   * there is no tail. Either the whole tail becomes readable at once, or, on failure, nothing of
   * it.
   */
  void joinTail() throws IOException {
    LogTail kept = tail;
    if (kept != null) {
      long end = appendAll(kept);
      kept.setJoined();
      length.set(end);
      findLineStart();
      tail = null;
      shareOut();
      kept.discard();
    }
  }

  private long appendAll(LogTail kept) throws IOException {
    try {
      storage.seek(length());
      storage.write(gapLine(kept));
      kept.copyTo((buffer, count) -> storage.write(buffer, 0, count));
      return endOfCharacters();
    } catch (IOException e) {
      storage.setLength(length());
      throw e;
    }
  }

  /** The line about a gap; the rest of a line that began in the gap gets a mark. */
  private byte[] gapLine(LogTail kept) throws IOException {
    long leftOut = kept.leftOut();
    if (leftOut == 0) {
      return new byte[0];
    }
    String line =
        "[" + leftOut + " bytes are left out here, as this log may have " + quota + " bytes]\n";
    String mark = kept.beginsInALine() ? RunLog.MARK : "";
    return ((headAtLineStart ? "" : "\n") + line + mark).getBytes(UTF_8);
  }

  /** Removes the log from the disk. */
  void discard() throws IOException {
    close();
    RunLog.remove(file);
  }

  @Override
  public void close() throws IOException {
    storage.close();
    if (tail != null) {
      tail.close();
    }
  }
}
