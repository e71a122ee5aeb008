package io.numa.avatar.run.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.history.LogSearch.Hit;
import io.numa.avatar.run.history.LogSearch.Result;
import io.numa.avatar.run.log.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("task.log");
  }

  @Test
  void findsLinesInUpperAndLowerCaseAndThroughColours() throws Exception {
    Files.writeString(file, "页 one\n| \u001b[1;31mER\u001b[0mROR Ärger\nlast error");

    assertThat(search("error", 0, 9).hits())
        .containsExactly(
            new Hit(8, "| \u001b[1;31mER\u001b[0mROR Ärger"), new Hit(34, "last error"));
    assertThat(search("ärger", 0, 9).hits()).hasSize(1);
    assertThat(search("ERROR", 33, 9).hits()).containsExactly(new Hit(34, "last error"));
    assertThat(search("r.o", 0, 9)).isEqualTo(new Result(List.of(), Optional.empty()));
  }

  @Test
  void goesOnWhereItHasFoundEnough() throws Exception {
    Files.writeString(file, "a\nb\na a\na\n");

    Result first = search("a", 0, 2);
    assertThat(first.hits()).extracting(Hit::offset).containsExactly(0L, 4L);
    assertThat(first.next()).contains(8L);
    Result rest = search("a", 8, 2);
    assertThat(rest.hits()).extracting(Hit::offset).containsExactly(8L);
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void findsAllInALogOfManyPieces() throws Exception {
    try (var out = Files.newBufferedWriter(file, UTF_8)) {
      for (int i = 0; i < 100_000; i++) {
        out.write("| 行 " + i + (i % 10_000 == 9_999 ? " needle\n" : "\n"));
      }
    }

    byte[] all = Files.readAllBytes(file);
    Result found = search("NEEDLE", 0, 100);
    assertThat(found.hits()).hasSize(10);
    for (Hit hit : found.hits()) {
      int at = (int) hit.offset();
      int length = hit.line().getBytes(UTF_8).length;
      assertThat(new String(all, at, length + 1, UTF_8)).isEqualTo(hit.line() + "\n");
    }
  }

  @Test
  void findsNothingWhereThereIsNoLog() throws Exception {
    assertThat(search("a", 0, 1).hits()).isEmpty();
  }

  private Result search(String text, long from, int most) throws IOException {
    return LogSearch.of(new LogFile(file), text, from, most);
  }
}
