package io.numa.avatar.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class DiffPrinterTest {
  private static final String DIFF =
      """
      diff --git a/ä.txt b/ä.txt
      --- a/ä.txt
      +++ b/ä.txt
      @@ -1,2 +1,2 @@
      -old
      +new 你好
       same
      """;

  @Test
  void printsTheDiffAsItIsWithoutColours() throws IOException {
    assertThat(print(Ansi.OFF, DIFF)).isEqualTo(DIFF);
  }

  @Test
  void coloursLinesByTheirKind() throws IOException {
    assertThat(print(Ansi.ON, DIFF))
        .isEqualTo(
            """
            {1}diff --git a/ä.txt b/ä.txt{0}
            {1}--- a/ä.txt{0}
            {1}+++ b/ä.txt{0}
            {36}@@ -1,2 +1,2 @@{0}
            {31}-old{0}
            {32}+new 你好{0}
             same
            """
                .replaceAll("\\{(\\d+)\\}", "\u001b[$1m"));
  }

  @Test
  void showsTheSizeOfABinaryFileAloneWhereAPersonReads() throws IOException {
    String diff =
        """
        diff --git a/a.bin b/a.bin
        GIT binary patch
        literal 335
        zc${0#%ge<81czSmWGeva#|%h-5lVmN0TR<0

        literal 0
        Hc$@<O00001

        diff --git a/b.txt b/b.txt
        +last
        """;

    assertThat(print(Ansi.OFF, diff)).isEqualTo(diff);
    assertThat(print(Ansi.ON, diff))
        .contains("literal 335")
        .contains("+last")
        .doesNotContain("literal 0", "zc$");
  }

  @Test
  void makesControlCharactersHarmless() throws IOException {
    assertThat(print(Ansi.OFF, "+\u001b[2J\ta\u0000\u009b\n"))
        .isEqualTo("+\ufffd[2J\ta\ufffd\ufffd\n");
  }

  @Test
  void endsALineThatHasNoEnd() throws IOException {
    assertThat(print(Ansi.OFF, "+last")).isEqualTo("+last\n");
  }

  /** Each line of a file with CR LF ended in U+FFFD. */
  @Test
  void marksTheCarriageReturnThatALineEndsInAsGitDoes() throws IOException {
    assertThat(print(Ansi.OFF, "-one\n+o\rne\r\n")).isEqualTo("-one\n+o\ufffdne^M\n");
  }

  @Test
  void piecesOfALineHaveItsColour() throws IOException {
    String printed = print(Ansi.ON, "+" + "-".repeat(200_000));

    assertThat(printed.lines()).allSatisfy(line -> assertThat(line).startsWith("\u001b[32m"));
  }

  @Test
  void keepsEmptyLines() throws IOException {
    assertThat(print(Ansi.ON, "\n\n")).isEqualTo("\n\n");
  }

  @Test
  void printsAVeryLongLineInPieces() throws IOException {
    String text = "+" + "x".repeat(200_000);

    String printed = print(Ansi.OFF, text + "\n-end\n");

    assertThat(printed.lines()).hasSizeGreaterThan(3).endsWith("-end");
    assertThat(printed.replace("\n", "")).isEqualTo(text + "-end");
  }

  @Test
  void keepsCharactersWholeWhereALongLineIsParted() throws IOException {
    String text = "+" + "你".repeat(100_000);

    assertThat(print(Ansi.OFF, text).replace("\n", "")).isEqualTo(text);
  }

  private static String print(Ansi ansi, String diff) throws IOException {
    var printed = new StringWriter();
    try (var printer = new DiffPrinter(new PrintWriter(printed), ansi)) {
      printer.write(diff.getBytes(UTF_8));
    }
    return printed.toString();
  }
}
