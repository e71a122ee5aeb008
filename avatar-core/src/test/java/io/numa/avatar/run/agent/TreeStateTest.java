package io.numa.avatar.run.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TreeStateTest {
  private static final String A = "diff --git a/a.txt b/a.txt\n@@ -1 +1 @@\n-a\n+%s\n";
  private static final String TEST = "diff --git a/test/b.sh b/test/b.sh\n@@ -0,0 +1 @@\n+%s\n";

  @Test
  void isEqualForTheSameChange() throws IOException {
    assertThat(state(A.formatted("b"), 1)).isEqualTo(state(A.formatted("b"), 7));
    assertThat(state("", 1)).isEqualTo(state("", 1));
  }

  @Test
  void namesTheFilesThatDiffer() throws IOException {
    TreeState before = state(A.formatted("b") + TEST.formatted("x"), 3);

    assertThat(before.differing(state(A.formatted("b") + TEST.formatted("y"), 4)))
        .contains(List.of("test/b.sh"));
    assertThat(before.differing(state(TEST.formatted("x"), 4))).contains(List.of("a.txt"));
    assertThat(before.differing(before)).contains(List.of());
  }

  @Test
  void doesNotTakeChangedLinesForHeaders() throws IOException {
    String text = A.formatted("diff --git a/x b/x\n+diff --git a/y b/y");

    assertThat(state(text, 5).files()).hasSize(1);
  }

  @Test
  void differsByTheEndOfAnEndlessLine() throws IOException {
    String longLine = "z".repeat(20_000);

    assertThat(state(A.formatted(longLine + "1"), 1000))
        .isNotEqualTo(state(A.formatted(longLine + "2"), 1000));
  }

  @Test
  void saysWhereItCannotNameAFile() throws IOException {
    String quoted = "diff --git \"a/\\303\\274\" \"b/\\303\\274\"\n+x\n";

    assertThat(state(quoted, 9).differing(state("", 1))).isEmpty();
  }

  private static TreeState state(String diff, int piece) throws IOException {
    return TreeState.of(new Change(diff.getBytes(UTF_8), piece));
  }

  /** A change that writes its diff in pieces. */
  private static final class Change implements StagedChange {
    private final byte[] bytes;
    private final int piece;

    Change(byte[] bytes, int piece) {
      this.bytes = bytes;
      this.piece = piece;
    }

    @Override
    public List<ChangedFile> changes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void diff(OutputStream out) throws IOException {
      for (int at = 0; at < bytes.length; at += piece) {
        out.write(bytes, at, Math.min(piece, bytes.length - at));
      }
    }

    @Override
    public void added(Function<WorkspacePath, OutputSink> files) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restoreTree() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path checkOut() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LocalCommit commit(String message) {
      throw new UnsupportedOperationException();
    }
  }
}
