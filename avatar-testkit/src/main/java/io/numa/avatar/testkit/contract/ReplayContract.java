package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedFile.Kind;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of how a commit must be replayed on a branch to which others have pushed. */
public interface ReplayContract extends RepositoryFixture {
  @Test
  default void replaysACommitOnWhatOthersHavePushed() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "1\n2\n3\n4\n5\n", "gone.txt", "gone\n"));

    try (WorkingCopy copy =
        checkOutThenMove(
            remote,
            Map.of("a.txt", TreeFile.of("one\n2\n3\n4\n5\n"), "b/b.txt", TreeFile.of("b\n")))) {
      CommitId others = remote.headOf(WORK.value()).orElseThrow();
      write(copy, "a.txt", "1\n2\n3\n4\nfive\n");
      write(copy, "c.txt", "c\n");
      Files.delete(copy.directory().resolve("gone.txt"));
      LocalCommit late = commitTooLate(copy);
      write(copy, "left by tests.txt", "left\n");
      write(copy, "c.txt", "changed by tests\n");

      Replayed replayed = late.replay(Attempt.of(TASK));

      assertThat(replayed.tip()).contains(others.abbreviated(), "others' work", "Seeder");
      assertThat(replayed).isInstanceOf(Replayed.Staged.class);
      StagedChange change = ((Replayed.Staged) replayed).change();
      assertThat(copy.base().id()).isEqualTo(others);
      assertThat(change.changes())
          .containsExactly(
              new ChangedFile(new WorkspacePath("a.txt"), 15, Kind.CHANGED),
              new ChangedFile(new WorkspacePath("c.txt"), 2, Kind.ADDED),
              new ChangedFile(new WorkspacePath("gone.txt"), 0, Kind.DELETED));
      assertThat(copy.directory().resolve("a.txt")).hasContent("one\n2\n3\n4\nfive\n");
      assertThat(copy.directory().resolve("b/b.txt")).hasContent("b\n");
      assertThat(copy.directory().resolve("c.txt")).hasContent("c\n");
      assertThat(copy.directory().resolve("gone.txt")).doesNotExist();
      assertThat(copy.directory().resolve("left by tests.txt")).hasContent("left\n");

      LocalCommit commit = change.commit("work\n");
      commit.push();

      assertThat(remote.log(WORK.value()))
          .extracting(SeededRepository.LogEntry::id)
          .startsWith(commit.id(), others);
      assertThat(remote.files(WORK.value()))
          .isEqualTo(
              Map.of(
                  "a.txt", TreeFile.of("one\n2\n3\n4\nfive\n"),
                  "b/b.txt", TreeFile.of("b\n"),
                  "c.txt", TreeFile.of("c\n")));
    }
  }

  @Test
  default void replaysAsOftenAsTheBranchMoves() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      StagedChange change = stageAll(copy);
      for (int i = 0; i < 3; i++) {
        remote.seed(WORK.value(), Map.of("theirs " + i + ".txt", i + "\n"));
        LocalCommit commit = change.commit("work\n");
        assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
        change = replay(commit);
        assertThat(change.changes()).isNotEmpty();
      }
      change.commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .containsOnlyKeys("a.txt", "mine.txt", "theirs 0.txt", "theirs 1.txt", "theirs 2.txt");
    assertThat(remote.log(WORK.value())).hasSize(5);
  }

  @Test
  default void replaysOnABranchThatWasMadeMeanwhile() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK, MAIN)) {
      remote.move(WORK.value(), remote.headOf("main").orElseThrow());
      CommitId others = remote.seed(WORK.value(), Map.of("theirs.txt", "theirs\n"));
      write(copy, "mine.txt", "mine\n");
      replay(commitTooLate(copy)).commit("work\n").push();

      assertThat(remote.log(WORK.value()).get(1).id()).isEqualTo(others);
      assertThat(remote.files(WORK.value()))
          .isEqualTo(
              with(
                  remote.files("main"),
                  Map.of(
                      "theirs.txt", TreeFile.of("theirs\n"),
                      "mine.txt", TreeFile.of("mine\n"))));
    }
  }

  @Test
  default void replaysOnABranchThatWasRewritten() throws Exception {
    SeededRepository remote = remote();
    CommitId first = remote.seed(WORK.value(), Map.of("a.txt", "a\n"));
    remote.seed(WORK.value(), Map.of("taken back.txt", "no\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      remote.move(WORK.value(), first);
      StagedChange change = replay(commitTooLate(copy));
      assertThat(copy.directory().resolve("taken back.txt")).doesNotExist();
      change.commit("work\n").push();

      assertThat(remote.files(WORK.value())).containsOnlyKeys("a.txt", "mine.txt");
    }
  }

  @Test
  default void doesNotBringADeletedBranchBack() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      remote.delete(WORK.value());
      LocalCommit commit = commitTooLate(copy);

      var failure =
          catchThrowableOfType(PortException.class, () -> commit.replay(Attempt.of(TASK)));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("deleted");
      assertThat(remote.branches()).containsExactly("main");
    }
  }

  @Test
  default void replaysModesLinksRenamesAndSubmodules() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        WORK.value(),
        "begin",
        Map.of(
            "run.sh", TreeFile.of("1\n2\n3\n"),
            "old/name.txt", TreeFile.of("moved\n"),
            "becomes-folder", TreeFile.of("file\n"),
            "becomes-file/inside", TreeFile.of("inside\n"),
            "link", TreeFile.link("run.sh"),
            "lib", TreeFile.submodule("0123456789".repeat(4))));
    Map<String, TreeFile> before = remote.files(WORK.value());

    try (WorkingCopy copy =
        checkOutThenMove(
            remote,
            Map.of(
                "run.sh", TreeFile.of("1\n2\nthree\n"),
                "theirs.sh", TreeFile.executable("x\n"),
                "their-link", TreeFile.link("old"),
                "lib", TreeFile.submodule("9876543210".repeat(4))))) {
      Path tree = copy.directory();
      Files.setPosixFilePermissions(
          tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(tree.resolve("new"));
      Files.move(tree.resolve("old/name.txt"), tree.resolve("new/name.txt"));
      Files.delete(tree.resolve("becomes-folder"));
      write(copy, "becomes-folder/inside", "now\n");
      Files.delete(tree.resolve("becomes-file/inside"));
      Files.delete(tree.resolve("becomes-file"));
      write(copy, "becomes-file", "now\n");
      Files.delete(tree.resolve("link"));
      Files.createSymbolicLink(tree.resolve("link"), Path.of("nowhere"));
      StagedChange change = replay(commitTooLate(copy));

      assertThat(tree.resolve("run.sh")).isExecutable().hasContent("1\n2\nthree\n");
      assertThat(tree.resolve("theirs.sh")).isExecutable();
      assertThat(Files.readSymbolicLink(tree.resolve("their-link"))).isEqualTo(Path.of("old"));
      assertThat(Files.readSymbolicLink(tree.resolve("link"))).isEqualTo(Path.of("nowhere"));
      change.commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                without(before, "old/name.txt", "becomes-folder", "becomes-file/inside"),
                Map.of(
                    "run.sh", TreeFile.executable("1\n2\nthree\n"),
                    "new/name.txt", TreeFile.of("moved\n"),
                    "becomes-folder/inside", TreeFile.of("now\n"),
                    "becomes-file", TreeFile.of("now\n"),
                    "link", TreeFile.link("nowhere"),
                    "theirs.sh", TreeFile.executable("x\n"),
                    "their-link", TreeFile.link("old"),
                    "lib", TreeFile.submodule("9876543210".repeat(4)))));
  }

  @Test
  default void replaysFilesWithCrLfAndBinaryOnesByteForByte() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        WORK.value(),
        Map.of("crlf.txt", "1\r\n2\r\n3\r\n", "mine.bin", "m\0\r\n", "theirs.bin", "t\0\n"));

    try (WorkingCopy copy =
        checkOutThenMove(
            remote,
            Map.of(
                "crlf.txt", TreeFile.of("one\r\n2\r\n3\r\n"),
                "theirs.bin", TreeFile.of("T\0\r\n\n")))) {
      write(copy, "crlf.txt", "1\r\n2\r\nthree\r\n");
      write(copy, "mine.bin", "M\0\r\n\r");
      replay(commitTooLate(copy)).commit("work\n").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            Map.of(
                "crlf.txt", TreeFile.of("one\r\n2\r\nthree\r\n"),
                "mine.bin", TreeFile.of("M\0\r\n\r"),
                "theirs.bin", TreeFile.of("T\0\r\n\n")));
  }
}
