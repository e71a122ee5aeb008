package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of how a repository must check out and discard a working copy. */
public interface CheckoutContract extends RepositoryFixture {
  @Test
  default void pushedChangesAreSeenByTheNextCheckout() throws Exception {
    remote();
    CommitId pushed;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "new.txt", "hi\n");
      LocalCommit commit = commit(copy);
      commit.push();
      pushed = commit.id();
    }

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.base().id()).isEqualTo(pushed);
      assertThat(copy.directory().resolve("new.txt")).hasContent("hi\n");
    }
  }

  @Test
  default void checksOutTheBranchAtItsTipIfTheRemoteHasIt() throws Exception {
    SeededRepository remote = remote();
    CommitId tip = remote.seed(WORK.value(), Map.of("work.txt", "begun\n"));

    try (WorkingCopy copy = checkOut(WORK, MAIN)) {
      assertThat(copy.base().id()).isEqualTo(tip);
      assertThat(copy.base().isOfOwnBranch()).isTrue();
      assertThat(copy.directory()).isAbsolute();
      assertThat(copy.directory().resolve("work.txt")).hasContent("begun\n");
      assertThat(copy.directory().resolve("README.md")).doesNotExist();
    }
  }

  @Test
  default void startsANewBranchFromTheFirstBase() throws Exception {
    SeededRepository remote = remote();
    CommitId release = remote.seed("release", Map.of("release.txt", "1\n"));

    try (WorkingCopy copy = checkOut(WORK, new BranchName("release"), MAIN)) {
      assertThat(copy.base().id()).isEqualTo(release);
      assertThat(copy.base().isOfOwnBranch()).isFalse();
    }
    assertThat(remote.branches()).containsExactly("main", "release");
  }

  @Test
  default void startsANewBranchFromTheRemotesHeadIfNoBaseIsNamed() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.base().id()).isEqualTo(remote.headOf("main").orElseThrow());
    }
  }

  @Test
  default void tellsTheBranchOfTheRemotesHead() throws Exception {
    SeededRepository remote = remote();
    remote.seed("a-branch-of-the-same-commit", Map.of("README.md", "one\n"));

    assertThat(repository().defaultBranch(url("app"))).contains(MAIN);
  }

  @Test
  default void refusesABaseThatDoesNotExistAndLeavesNothing() throws Exception {
    remote();
    Path home = newHome();

    var failure =
        catchThrowableOfType(
            PortException.class, () -> checkOut(home, WORK, new BranchName("nowhere"), MAIN));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("nowhere").hasMessageContaining(url("app").value());
    assertThat(home).doesNotExist();
  }

  @Test
  default void refusesARepositoryThatDoesNotExistAndLeavesNothing() throws Exception {
    Path home = newHome();

    var failure = catchThrowableOfType(PortException.class, () -> checkOut(home, WORK, MAIN));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(home).doesNotExist();
  }

  @Test
  default void refusesARepositoryWithoutCommits() throws Exception {
    createRemote("app");

    var failure = catchThrowableOfType(PortException.class, () -> checkOut(WORK));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("HEAD");
  }

  @Test
  default void writesTheBaseCommitsFilesIntoAFolderOfTheirOwn() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main",
        "more",
        Map.of("run.sh", TreeFile.executable("#!/bin/sh\n"), "link", TreeFile.link("README.md")));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "changed\n");
      write(copy, "work.txt", "work\n");
      stageAll(copy);
      Path base = copy.base().checkOut();

      assertThat(base).isAbsolute();
      assertThat(base.startsWith(copy.directory())).isFalse();
      assertThat(base.resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(base.resolve("run.sh")).isExecutable();
      assertThat(Files.readSymbolicLink(base.resolve("link"))).isEqualTo(Path.of("README.md"));
      assertThat(base.resolve("work.txt")).doesNotExist();
      assertThat(base.resolve(".git")).isDirectory();
      assertThat(copy.directory().resolve("README.md")).hasContent("changed\n");
    }
  }

  @Test
  default void writesTheBaseCommitsFilesAgainEachTimeAndRemovesThemAtTheEnd() throws Exception {
    remote();

    Path base;
    try (WorkingCopy copy = checkOut(WORK)) {
      base = copy.base().checkOut();
      Files.delete(base.resolve("README.md"));
      Files.writeString(base.resolve("left.txt"), "left\n");

      assertThat(copy.base().checkOut()).isEqualTo(base);
      assertThat(base.resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(base.resolve("left.txt")).doesNotExist();
    }
    assertThat(base).doesNotExist();
  }

  @Test
  default void givesCommitsWithTheSameFilesTheSameTreeId() throws Exception {
    SeededRepository remote = remote();
    remote.commit("same", "begun otherwise", remote.files("main"));
    remote.seed("other", Map.of("README.md", "other\n"));

    try (WorkingCopy main = checkOut(MAIN);
        WorkingCopy same = checkOut(new BranchName("same"));
        WorkingCopy other = checkOut(new BranchName("other"))) {
      assertThat(same.base().id()).isNotEqualTo(main.base().id());
      assertThat(same.base().tree()).isEqualTo(main.base().tree());
      assertThat(other.base().tree()).isNotEqualTo(main.base().tree());
    }
  }

  @Test
  default void refusesTheDefaultBranchUnlessItIsAllowedAndLeavesNothing() throws Exception {
    remote();
    Path home = newHome();

    var failure =
        catchThrowableOfType(
            PortException.class,
            () ->
                repository()
                    .checkOut(
                        new CheckoutRequest(url("app"), MAIN, List.of(), home), progress -> {}));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.DENIED);
    assertThat(failure)
        .hasMessageContainingAll("'main'", "default branch", "git.allow_default_branch: true");
    assertThat(home).doesNotExist();
    try (WorkingCopy copy = checkOut(MAIN)) {
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }
  }

  @Test
  default void isNotBegunByAnInterruptedThread() throws Exception {
    remote();
    Path home = newHome();

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> checkOut(home, WORK)).isInstanceOf(InterruptedException.class);
    assertThat(home).doesNotExist();
  }

  @Test
  default void removesItsFolderWhenItIsClosed() throws Exception {
    remote();
    Path home = newHome();

    WorkingCopy copy = checkOut(home, WORK);
    Path locked = Files.createDirectories(copy.directory().resolve("locked/inner"));
    Files.writeString(locked.resolve("file"), "x");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
    Path outside = Files.writeString(temp().resolve("outside.txt"), "stays");
    Files.createSymbolicLink(copy.directory().resolve("way-out"), temp());
    copy.close();
    copy.close();

    assertThat(home).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  default void keepsNamesBeyondAsciiIntact() throws Exception {
    SeededRepository remote = remote();
    var branch = new BranchName("dev-7-größe-名前");
    remote.seed("main", Map.of("дом/файл.txt", "есть\n"));

    try (WorkingCopy copy = checkOut(branch)) {
      assertThat(copy.directory().resolve("дом/файл.txt")).hasContent("есть\n");
      write(copy, "名前/ö.txt", "ö\n");
      commit(copy).push();
    }

    assertThat(remote.branches()).containsExactly(branch.value(), "main");
    assertThat(remote.files(branch.value()))
        .containsEntry("дом/файл.txt", TreeFile.of("есть\n"))
        .containsEntry("名前/ö.txt", TreeFile.of("ö\n"));
  }
}
