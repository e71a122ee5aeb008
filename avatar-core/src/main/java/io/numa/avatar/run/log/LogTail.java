package io.numa.avatar.run.log;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log that is too long, on disk next to the log. It consists of a few pieces. When
 * there is no space for a new piece, the oldest one is removed.
 *
 * <p>The name of a piece holds the tail's offset in the log, and how many bytes of the tail
 * preceded the piece. So a later process can restore the tail from the files after a crash. Not
 * thread-safe.
 */
final class LogTail implements AutoCloseable {
  private static final int PIECES = 8;

  /** The smallest piece still has space for some characters. */
  private static final int SMALLEST_PIECE = 16;

  /** The size of a tail is at least so many bytes, even if the caller allows less. */
  static final int SMALLEST = PIECES * SMALLEST_PIECE;

  private final Path folder;
  private final long place;
  private final long pieceSize;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private @Nullable RandomAccessFile newest;
  private long written;
  private long newestSize;
  private boolean atLineStart;

  private record Piece(Path file, long offset) {}

  private LogTail(Path folder, long place, long size) {
    this.folder = folder;
    this.place = place;
    this.pieceSize = Math.max(SMALLEST_PIECE, size / PIECES);
  }

  /**
   * Starts the tail of a log.
   *
   * @param place how many bytes of the log precede the tail
   * @param size how many bytes it may have
   * @param atLineStart whether it begins a line
   */
  static LogTail create(Path log, long place, long size, boolean atLineStart) throws IOException {
    Path folder = folderOf(log);
    delete(folder);
    Files.createDirectory(folder);
    var tail = new LogTail(folder, place, size);
    tail.atLineStart = atLineStart;
    return tail;
  }

  /** Finds the tail that a previous process left. Use it for reading only. */
  static Optional<LogTail> find(Path log) throws IOException {
    delete(joinedOf(folderOf(log)));
    List<Path> files = list(folderOf(log));
    if (files.isEmpty()) {
      return Optional.empty();
    }
    var tail = new LogTail(folderOf(log), number(files.get(0), 0), 0);
    files.stream()
        .map(file -> new Piece(file, number(file, 1)))
        .sorted(Comparator.comparingLong(Piece::offset))
        .forEach(tail.pieces::add);
    return Optional.of(tail);
  }

  /** Removes a log's tail, if there is one. */
  static void remove(Path log) throws IOException {
    delete(folderOf(log));
    delete(joinedOf(folderOf(log)));
  }

  private static Path folderOf(Path log) {
    return log.resolveSibling(log.getFileName() + ".tail");
  }

  private static Path joinedOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".joined");
  }

  private static long number(Path file, int index) {
    return Long.parseLong(file.getFileName().toString().split("-", -1)[index]);
  }

  /** How many bytes of the log precede the tail. */
  long place() {
    return place;
  }

  boolean atLineStart() {
    return atLineStart;
  }

  /** Appends the bytes from {@code offset} on, which are whole characters. */
  void append(byte[] bytes, int offset) throws IOException {
    int from = offset;
    while (from < bytes.length) {
      RandomAccessFile piece = newest;
      long room = pieceSize - newestSize;
      int end = Utf8.wholeCharacters(bytes, (int) Math.min(bytes.length, from + room));
      if (piece == null || end == from) {
        beginPiece();
      } else {
        write(piece, bytes, from, end - from);
        from = end;
      }
    }
  }

  private void write(RandomAccessFile piece, byte[] bytes, int from, int count) throws IOException {
    try {
      piece.seek(newestSize);
      piece.write(bytes, from, count);
    } catch (IOException e) {
      piece.setLength(newestSize); // a full disk may have accepted a part
      throw e;
    }
    newestSize += count;
    written += count;
    atLineStart = bytes[from + count - 1] == '\n';
  }

  private void beginPiece() throws IOException {
    close();
    if (pieces.size() == PIECES) {
      Files.deleteIfExists(pieces.getFirst().file());
      pieces.removeFirst();
    }
    var piece = new Piece(folder.resolve(place + "-" + written), written);
    newest = new RandomAccessFile(piece.file().toFile(), "rw");
    newestSize = 0;
    pieces.add(piece);
  }

  /** How many bytes between the log and the rest of this tail were dropped. */
  long leftOut() throws IOException {
    long dropped = pieces.isEmpty() ? 0 : pieces.getFirst().offset();
    return dropped == 0 ? 0 : dropped + openLine(pieces.getFirst().file());
  }

  /** Whether the rest of this tail, after a gap, begins in the middle of a line. */
  boolean beginsInALine() throws IOException {
    return !pieces.isEmpty() && openLine(pieces.getFirst().file()) == 0;
  }

  /** The length of the incomplete line at the start of a piece; 0 if the piece has no line end. */
  private static long openLine(Path piece) throws IOException {
    try (var in = new FileInputStream(piece.toFile())) {
      var buffer = new byte[LogStore.COPIED_AT_ONCE];
      long before = 0;
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            return before + i + 1;
          }
        }
        before += count;
      }
      return 0;
    }
  }

  /** Receives the copied bytes in pieces. */
  interface Target {
    void write(byte[] buffer, int count) throws IOException;
  }

  /** Copies the tail without the bytes that are {@linkplain #leftOut left out}. */
  void copyTo(Target target) throws IOException {
    long skipped = pieces.isEmpty() ? 0 : leftOut() - pieces.getFirst().offset();
    for (Piece piece : pieces) {
      // No channel: an interrupt would close it.
      try (var in = new FileInputStream(piece.file().toFile())) {
        in.skipNBytes(skipped);
        skipped = 0;
        copy(in, target);
      }
    }
  }

  private static void copy(FileInputStream in, Target target) throws IOException {
    var buffer = new byte[LogStore.COPIED_AT_ONCE];
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      target.write(buffer, count);
    }
  }

  /** Marks the tail as joined, on disk, so that a later process does not join it again. */
  void setJoined() throws IOException {
    close();
    delete(joinedOf(folder));
    Files.move(folder, joinedOf(folder));
  }

  /** Removes a joined tail. */
  void discard() throws IOException {
    delete(joinedOf(folder));
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : list(folder)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    if (newest != null) {
      newest.close();
      newest = null;
    }
  }
}
