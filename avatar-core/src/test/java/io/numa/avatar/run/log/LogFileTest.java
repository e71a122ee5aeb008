package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.LogChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void givesWholeLinesWhileMoreFollows() throws IOException {
    LogFile log = holding("one\ntwo\nthree");

    assertThat(log.read(0, 6)).isEqualTo(new LogChunk(0, "one\n"));
    assertThat(log.read(4, 100)).isEqualTo(new LogChunk(4, "two\nthree"));
    assertThat(log.read(13, 100)).isEqualTo(new LogChunk(13, ""));
    assertThat(log.read(99, 100)).isEqualTo(new LogChunk(99, ""));
  }

  @Test
  void givesAPartOfALineThatIsLongerThanAsked() throws IOException {
    assertThat(holding("abcdefgh\n").read(2, 4)).isEqualTo(new LogChunk(2, "cdef"));
  }

  @Test
  void givesWholeCharacters() throws IOException {
    LogFile log = holding("登录🚀x");

    assertThat(log.read(0, 5)).isEqualTo(new LogChunk(0, "登"));
    assertThat(log.read(1, 6)).isEqualTo(new LogChunk(3, "录"));
    assertThat(log.read(7, 100)).isEqualTo(new LogChunk(10, "x"));
  }

  @Test
  void givesAllOfALogPieceByPiece() throws IOException {
    String text = "été 登录 🚀\n".repeat(50) + "end";
    LogFile log = holding(text);
    var all = new StringBuilder();

    for (LogChunk part = log.read(0, 4); !part.text().isEmpty(); part = log.read(part.end(), 4)) {
      all.append(part.text());
    }

    assertThat(all).hasToString(text);
  }

  @Test
  void aMissingLogIsEmpty() throws IOException {
    var missing = new LogFile(folder.resolve("none"));

    assertThat(missing.size()).isZero();
    assertThat(missing.read(0, 10)).isEqualTo(new LogChunk(0, ""));
  }

  private LogFile holding(String text) throws IOException {
    Path file = folder.resolve("log");
    Files.write(file, text.getBytes(UTF_8));
    return new LogFile(file);
  }
}
