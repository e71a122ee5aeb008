package io.numa.avatar.run.log;

import io.numa.avatar.port.LogChunk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the log of an attempt, also while the attempt appends to it. Safe for use by several
 * threads.
 */
public record LogFile(Path path) {
  /** How many bytes can be read; 0 if there is no log. */
  public long size() throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Reads a part: whole lines if possible, always whole characters. The offset of the part may be
   * up to 3 bytes after {@code offset}, if that is within a character.
   *
   * @param offset in bytes; beyond the end, the part is empty
   * @param most the most bytes to read, at least 4
   */
  public LogChunk read(long offset, int most) throws IOException {
    long size = size();
    if (offset >= size) {
      return new LogChunk(offset, "");
    }
    byte[] bytes = bytes(offset, (int) Math.min(most, size - offset));
    int begin = Utf8.firstCharacter(bytes);
    int end = Utf8.wholeCharacters(bytes, bytes.length);
    int lines = offset + bytes.length < size ? Utf8.wholeLines(bytes, end) : end;
    byte[] part = Arrays.copyOfRange(bytes, begin, Math.max(begin, lines > begin ? lines : end));
    return new LogChunk(offset + begin, Utf8.decode(part, part.length));
  }

  private byte[] bytes(long offset, int count) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      var bytes = new byte[count];
      file.seek(offset);
      file.readFully(bytes);
      return bytes;
    }
  }
}
