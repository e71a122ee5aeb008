package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of how a working copy must apply a Git diff. */
public interface PatchContract extends RepositoryFixture {
  @Test
  default void appliesAPatch() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      apply(
          copy,
          patch(
              """
              diff --git a/README.md b/README.md
              --- a/README.md
              +++ b/README.md
              @@ -1,3 +1,3 @@
               one
              -two
              +2
               three
              diff --git a/new/file.txt b/new/file.txt
              new file mode 100644
              --- /dev/null
              +++ b/new/file.txt
              @@ -0,0 +1 @@
              +new
              diff --git a/src/App.java b/src/App.java
              deleted file mode 100644
              --- a/src/App.java
              +++ /dev/null
              @@ -1 +0,0 @@
              -class App {}
              """));

      assertThat(copy.directory().resolve("README.md")).hasContent("one\n2\nthree\n");
      assertThat(copy.directory().resolve("new/file.txt")).hasContent("new\n");
      assertThat(copy.directory().resolve("src/App.java")).doesNotExist();
    }
  }

  @Test
  default void leavesTheTreeAsItWasIfOneHunkDoesNotFit() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(
              PortException.class,
              () ->
                  apply(
                      copy,
                      patch(
                          """
                          diff --git a/new.txt b/new.txt
                          new file mode 100644
                          --- /dev/null
                          +++ b/new.txt
                          @@ -0,0 +1 @@
                          +new
                          diff --git a/README.md b/README.md
                          --- a/README.md
                          +++ b/README.md
                          @@ -1,3 +1,3 @@
                           one
                          -zwei
                          +2
                           three
                          """)));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure).hasMessageContaining("README.md");
      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(copy.directory().resolve("new.txt")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.txt", ".git/hooks/pre-commit", "sub/.GIT/config"})
  default void refusesAPatchThatLeadsOutOfTheTree(String path) throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(
              PortException.class,
              () ->
                  apply(
                      copy,
                      patch(
                          """
                          diff --git a/PLACE b/PLACE
                          new file mode 100644
                          --- /dev/null
                          +++ b/PLACE
                          @@ -0,0 +1 @@
                          +new
                          """
                              .replace("PLACE", path))));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
      assertThat(copy.directory().resolve(path)).doesNotExist();
    }
  }

  @Test
  default void refusesTextThatIsNoPatch() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      var failure =
          catchThrowableOfType(PortException.class, () -> apply(copy, patch("change it\n")));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.INVALID_PLAN);
    }
  }

  @Test
  default void writesADiffThatTheNextWorkingCopyCanApply() throws Exception {
    SeededRepository remote = remote();
    PatchText patch;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "one\n2\nthree\n");
      write(copy, "new.txt", "new\n");
      Files.delete(copy.directory().resolve("src/App.java"));
      patch = new PatchText(diff(copy), 1);
    }

    try (WorkingCopy copy = checkOut(WORK)) {
      apply(copy, patch);
      commit(copy).push();
    }

    assertThat(new String(patch.diff(), UTF_8)).contains("--- a/README.md\n+++ b/README.md\n");
    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            Map.of("README.md", TreeFile.of("one\n2\nthree\n"), "new.txt", TreeFile.of("new\n")));
  }

  @Test
  default void leavesItToTheChangeWhetherAPatchLasts() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      try (Change change = workspace(copy).begin()) {
        copy.apply(
            patch("--- a/README.md\n+++ b/README.md\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"),
            change);
        assertThat(copy.directory().resolve("README.md")).content().startsWith("one\n2\n");
      }

      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  private void apply(WorkingCopy copy, PatchText patch) throws IOException {
    try (Change change = workspace(copy).begin()) {
      copy.apply(patch, change);
      change.keep();
    }
  }

  private Workspace workspace(WorkingCopy copy) {
    return Workspace.of(copy.directory(), copy.directory().resolveSibling("scratch"));
  }

  private PatchText patch(String text) {
    return new PatchText(text.getBytes(UTF_8), 1);
  }
}
