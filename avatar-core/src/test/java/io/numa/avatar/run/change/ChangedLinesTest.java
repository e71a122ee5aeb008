package io.numa.avatar.run.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangedLinesTest {
  /** Lines of a file that look like parts of a diff are lines of the file. */
  @Test
  void countsLinesOfHunksOnly() {
    var lines = new ChangedLines();
    byte[] diff =
        """
        diff --git a/a.sql b/a.sql
        index 1..2 100644
        --- a/a.sql
        +++ b/a.sql
        @@ -1,3 +1,4 @@ -- head
         same
        --- a comment
        +++ plus
        +diff --git a/x b/x
        +@@ -1,100 +1,100 @@
        -gone
        @@ -9 +10 @@
        -x
        \\ No newline at end of file
        +y
        \\ No newline at end of file
        diff --git a/b.png b/b.png
        index 1..2
        GIT binary patch
        literal 3
        +notaline
        -notaline

        """
            .getBytes(UTF_8);

    lines.write(diff, 0, diff.length);

    assertThat(lines.insertions()).isEqualTo(4);
    assertThat(lines.deletions()).isEqualTo(3);
  }
}
