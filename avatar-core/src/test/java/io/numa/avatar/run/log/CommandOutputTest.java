package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command's output in a log: marks, colours and the text for its reader. */
class CommandOutputTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678901Z"), ZoneOffset.UTC);

  /** The beginning of each line of the avatar, at the stage TEST. */
  private static final String OWN = "2026-01-02T03:04:05.678Z [test] ";

  @TempDir Path temp;
  private Path file;
  private RunLog log;

  @BeforeEach
  void createLog() {
    file = temp.resolve("7/attempt.log");
    log = open(Redactor.of(List.of(new Secret("s3cret"))));
  }

  private RunLog open(Redactor redactor) {
    return RunLog.open(file, 0, 1 << 20, redactor, CLOCK, text -> {});
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** What a command prints may look like a line of the avatar, however it begins a line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\u000b",
        "\f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u001bE",
        "\u001b[E",
        "\u001b[1;1H",
        "\u001b[G",
        "\r\u001b[K",
        "\u001b]0;",
        "\u001bP",
        ""
      })
  void marksWhatCommandsPrint(String lineEnd) throws IOException {
    log.say(Stage.TEST, "$ make");
    print("a", lineEnd + OWN, "exited with 0\n" + OWN + "exited with 0");
    log.say(Stage.TEST, "exited with 1");

    var lines = Files.readString(file).split("[\n\r\u000b\f\u0085\u2028\u2029]");
    assertThat(lines).startsWith(OWN + "$ make").endsWith(OWN + "exited with 1");
    assertThat(lines).filteredOn(line -> !line.startsWith("| ")).hasSize(2);
    assertThat(Files.readString(file)).doesNotContain("\u001b");
  }

  @Test
  void marksALineThatTheAvatarHasInterrupted() {
    try (var output = log.commandOutput(text -> {})) {
      write(output, "one");
      log.say(Stage.TEST, "note");
      write(output, "two\nthr");
      write(output, "ee");
    }

    assertThat(file).hasContent("| one\n" + OWN + "note\n| two\n| three");
  }

  /** The last line of a process that was killed may be half a line of the avatar. */
  @Test
  void continuesNoLineOfAnEarlierProcess() throws IOException {
    log.close();
    Files.writeString(file, OWN + "exited with ");

    log = open(Redactor.of(List.of()));
    print("0\n");

    assertThat(file).hasContent(OWN + "exited with \n| 0\n");
  }

  @Test
  void keepsTheColoursOfOutputWithinTheirLine() throws IOException {
    print("\u001b[1;31mred", "\u001b[", "0m \u001b[32mgreen\n", "plain\u001b[2J\u001b[7m");
    log.say(Stage.TEST, "\u001b[31mdone\u0007 \u202eevil");

    assertThat(Files.readString(file))
        .isEqualTo(
            "| \u001b[1;31mred\u001b[0m \u001b[32mgreen\u001b[0m\n"
                + "| plain\u001b[7m\u001b[0m\n"
                + OWN
                + "done evil\n");
  }

  /** The reader looks for test results; its text is the output alone. */
  @Test
  void givesTheReaderTheOutputWithoutMarks() {
    var read = new StringBuilder();
    try (var output = log.commandOutput(read::append)) {
      write(output, "one\r\nt\u001b[Kwo s3cret");
    }

    assertThat(read).hasToString("one\ntwo ***");
  }

  @Test
  void hidesASecretThatIsWholeOnlyWithoutEscapes() throws IOException {
    print("s3c\u001b[K", "ret s3\u0000cr\bet");

    assertThat(Files.readString(file)).isEqualTo("| *** ***");
  }

  private static void write(RunLog.CommandOutput output, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  private void print(String... parts) {
    try (var output = log.commandOutput(text -> {})) {
      for (String part : parts) {
        write(output, part);
      }
    }
  }
}
