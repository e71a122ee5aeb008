package io.numa.avatar.run.test.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a file of the Test Anything Protocol as a stream. */
final class TapFile {
  private static final int PIECE = 1 << 13;

  private TapFile() {}

  /** The file's tests; empty if it is in another format. */
  static Optional<Tally> read(InputStream in, Set<String> awaited, Room room) throws IOException {
    var tap = new TapLines(awaited, () -> room);
    var lines = new OutputLines(List.of(tap));
    var reader = new InputStreamReader(in, UTF_8);
    var piece = new char[PIECE];
    for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
      lines.accept(new String(piece, 0, count));
    }
    lines.end();
    return tap.end();
  }
}
