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
 * What came last of a log that has become too long, on disk beside it: in a few pieces, of which
 * the oldest goes when there is no room for a new one.
 *
 * <p>A piece is named by the place in the log where the tail belongs, and by how many bytes of the
 * tail came before it; so the files that a crash leaves are enough. For one thread at a time.
 */
final class LogTail implements AutoCloseable {
  private static final int PIECES = 8;

  /** So that a piece has room for some characters, however little room there is. */
  private static final int SMALLEST_PIECE = 16;

  /** A tail may have so many bytes, even where less is allowed. */
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
   * @param place how many bytes of the log come before it
   * @param size how many bytes it may have
   */
  static LogTail create(Path log, long place, long size) throws IOException {
    Path folder = folderOf(log);
    delete(folder);
    Files.createDirectory(folder);
    return new LogTail(folder, place, size);
  }

  /** Finds the tail that a previous process has left; it is only to be read. */
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

  /** How many bytes of the log come before it. */
  long place() {
    return place;
  }

  boolean atLineStart() {
    return atLineStart;
  }

  /** Takes in bytes that are whole characters. */
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
      piece.setLength(newestSize); // a full disk has taken a part
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

  /** How many bytes that came between the log and this tail are not there any more. */
  long leftOut() throws IOException {
    long dropped = pieces.isEmpty() ? 0 : pieces.getFirst().offset();
    return dropped == 0 ? 0 : dropped + openLine(pieces.getFirst().file());
  }

  /** The length of the rest of a line that a piece begins with; 0 if it is one line only. */
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

  /** Takes what is copied, in pieces. */
  interface Target {
    void write(byte[] buffer, int count) throws IOException;
  }

  /** Copies all that is there, but for what is {@linkplain #leftOut left out}. */
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

  /** Says, so that a crash cannot make it unsaid, that the log has all of this tail. */
  void setJoined() throws IOException {
    close();
    delete(joinedOf(folder));
    Files.move(folder, joinedOf(folder));
  }

  /** Removes a tail that was joined. */
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
