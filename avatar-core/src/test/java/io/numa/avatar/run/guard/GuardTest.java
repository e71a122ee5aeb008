package io.numa.avatar.run.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.ProtectedPaths;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Guard GUARD = new Guard(new ProtectedPaths(List.of("*.lock")), 3, 100, 250);

  @Test
  void allowsWhatIsJustWithinAllBounds() {
    assertThatNoException()
        .isThrownBy(() -> GUARD.check(List.of(file("a", 100), file("b", 100), file("c", 50))));
  }

  @Test
  void allowsNoChangeAtAll() {
    assertThatNoException().isThrownBy(() -> GUARD.check(List.of()));
  }

  @Test
  void refusesAFileMoreThanAllowed() {
    assertThat(refusal(file("a", 0), file("b", 0), file("c", 0), file("d", 0)))
        .isEqualTo("the change is not allowed: 4 files, more than guard.max_files: 3");
  }

  @Test
  void refusesAFileThatIsAByteTooLarge() {
    assertThat(refusal(file("a", 1), file("b", 101)))
        .isEqualTo(
            "the change is not allowed: 'b' has 101 bytes, more than guard.max_file_size: 100");
  }

  @Test
  void refusesFilesThatAreAByteTooLargeTogether() {
    assertThat(refusal(file("a", 100), file("b", 100), file("c", 51)))
        .isEqualTo(
            "the change is not allowed: the changed files have 251 bytes, more than"
                + " guard.max_change_size: 250");
  }

  @Test
  void refusesAProtectedFileEvenIfItIsGone() {
    assertThat(refusal(file("a", 1), file("Yarn.Lock", 0)))
        .isEqualTo(
            "the change is not allowed: 'Yarn.Lock' is protected by guard.protected_paths: *.lock");
  }

  private static ChangedFile file(String path, long size) {
    return new ChangedFile(new WorkspacePath(path), size, ChangedFile.Kind.CHANGED);
  }

  private static String refusal(ChangedFile... files) {
    var stopped =
        catchThrowableOfType(StageFailedException.class, () -> GUARD.check(List.of(files)));
    assertThat(stopped.kind()).isEqualTo(FailureKind.DENIED);
    return stopped.getMessage();
  }
}
