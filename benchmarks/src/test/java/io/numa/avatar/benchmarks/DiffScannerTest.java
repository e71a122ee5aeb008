package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffScannerTest {
  private final DiffScanner scanner = new DiffScanner();

  private Map<Trait, Integer> scan(String diff) {
    diff.lines().forEach(line -> scanner.line(line.replace('~', '\r').getBytes(ISO_8859_1)));
    return scanner.finish();
  }

  @Test
  void countsFilesNotLines() {
    assertThat(
            scan(
                """
                diff --git a/one b/one
                index 1111111..2222222 100644
                --- a/one
                +++ b/one
                @@ -1,2 +1,2 @@
                -a~
                +b~
                 c~
                @@ -9 +9 @@
                -d~
                +e~
                \\ No newline at end of file
                diff --git a/two b/two
                old mode 100644
                new mode 100755
                """))
        .isEqualTo(Map.of(Trait.FILE, 2, Trait.CRLF, 1, Trait.NO_NEWLINE, 1, Trait.EXECUTABLE, 1));
  }

  @Test
  void takesNoContentForAHeader() {
    assertThat(
            scan(
                """
                diff --git a/one b/one
                index 1111111..2222222 120000
                --- a/one
                +++ b/one
                @@ -1,2 +1,2 @@
                -rename to x
                +old mode 100644
                 Binary files a and b differ
                """))
        .isEqualTo(Map.of(Trait.FILE, 1, Trait.LINK, 1));
  }

  @Test
  void knowsNamesAndTextThatAreNoUtf8() {
    assertThat(
            scan(
                """
                diff --git "a/gr\\303\\274n" "b/gr\\303\\274n"
                new file mode 100644
                index 0000000000..e69de29bb2
                diff --git "a/gr\\374n x" "b/gr\\374n x"
                index 1111111..2222222 100644
                --- "a/gr\\374n x"\t
                +++ "b/gr\\374n x"\t
                @@ -1 +1 @@
                -gr\u00fcn
                +green
                """))
        .isEqualTo(
            Map.of(
                Trait.FILE, 2,
                Trait.ADDED, 1,
                Trait.EMPTY, 1,
                Trait.QUOTED_NAME, 2,
                Trait.OTHER_NAME, 1,
                Trait.SPACED_NAME, 1,
                Trait.OTHER_TEXT, 1));
  }
}
