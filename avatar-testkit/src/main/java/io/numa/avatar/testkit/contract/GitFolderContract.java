package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests of how a working copy must treat a {@code .git} in its tree: no commit may depend on
 * it.
 */
public interface GitFolderContract extends RepositoryFixture {
  @Test
  default void refusesToCommitARepositoryInTheTree() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "vendor/lib/.git/HEAD", "ref: refs/heads/main\n");
      write(copy, "vendor/lib/a.txt", "a\n");

      var failure = catchThrowableOfType(PortException.class, () -> commit(copy));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
      assertThat(failure).hasMessageContaining("vendor/lib");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "file", "link", "rewritten"})
  default void doesNotCareWhatBecomesOfTheTreesOwnGitDirectory(String fate) throws Exception {
    SeededRepository remote = remote();
    Map<String, TreeFile> before = remote.files("main");
    Path trace = temp().resolve("hook-ran");

    try (WorkingCopy copy = checkOut(WORK)) {
      Path git = copy.directory().resolve(".git");
      if (fate.equals("rewritten")) {
        plant(git, trace);
      } else {
        deleteRecursively(git);
      }
      if (fate.equals("file")) {
        Files.writeString(git, "gitdir: /nowhere\n");
      } else if (fate.equals("link")) {
        Files.createSymbolicLink(git, Files.createDirectory(temp().resolve("elsewhere")));
      }
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of("a.txt", TreeFile.of("a\n"))));
    assertThat(trace).doesNotExist();
  }

  /**
   * Writes hooks, a filter, a rewritten URL and another HEAD. Each could change a commit or push.
   */
  private void plant(Path git, Path trace) throws IOException {
    Path hooks = Files.createDirectories(git.resolve("hooks"));
    for (String hook :
        List.of("pre-commit", "commit-msg", "post-commit", "pre-push", "post-checkout")) {
      Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\ntouch '" + trace + "'\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createDirectories(git.resolve("info"));
    Files.writeString(git.resolve("info/attributes"), "* filter=evil\n");
    Files.writeString(git.resolve("info/exclude"), "*\n");
    Files.writeString(
        git.resolve("config"),
        """
        [core]
          repositoryformatversion = 0
          hooksPath = hooks
          autocrlf = true
        [filter "evil"]
          clean = touch 'PLACE' && cat
          smudge = touch 'PLACE' && cat
        [url "file:///nowhere/"]
          insteadOf = http
          insteadOf = ssh
          insteadOf = /
          insteadOf = file
        """
            .replace("PLACE", trace.toString()));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/evil\n");
  }

  private void deleteRecursively(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(one);
      }
    }
  }
}
