package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of how a staged change must restore its tree after tests have changed it. */
public interface RestoreTreeContract extends RepositoryFixture {
  /** The files and folders, each with the time of its last write. */
  private static Map<Path, Object> state(Path tree) throws IOException {
    Map<Path, Object> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.filter(one -> !one.startsWith(tree.resolve(".git"))).toList()) {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        files.put(path, List.of(attributes.fileKey(), attributes.lastModifiedTime()));
      }
    }
    return files;
  }

  @Test
  default void bringsChangedAndRemovedFilesBackAndRemovesAddedOnes() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      write(copy, "README.md", "changed by the plan\n");
      write(copy, "new/file.txt", "new\n");
      StagedChange change = stageAll(copy);
      write(copy, "README.md", "changed by tests\n");
      write(copy, "new/report.xml", "<testsuite/>\n");
      write(copy, "reports/deep/report.xml", "<testsuite/>\n");
      Files.delete(tree.resolve("new/file.txt"));
      Files.delete(tree.resolve("src/App.java"));
      Files.delete(tree.resolve("src"));

      restoreAndCompare(change, copy);

      assertThat(tree.resolve("README.md")).hasContent("changed by the plan\n");
      assertThat(tree.resolve("new/file.txt")).hasContent("new\n");
      assertThat(tree.resolve("src/App.java")).hasContent("class App {}\n");
      assertThat(tree.resolve("new/report.xml")).doesNotExist();
      assertThat(tree.resolve("reports")).doesNotExist();
      change.commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                remote.files("main"),
                Map.of(
                    "README.md", TreeFile.of("changed by the plan\n"),
                    "new/file.txt", TreeFile.of("new\n"))));
  }

  @Test
  default void removesWhatTheChangeHadRemoved() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".gitignore", "*.log\n", "tracked.log", "tracked\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      Files.delete(tree.resolve("README.md"));
      Files.delete(tree.resolve("tracked.log"));
      StagedChange change = stageAll(copy);
      write(copy, "README.md", "one\ntwo\nthree\n");
      write(copy, "tracked.log", "written by tests\n");

      restoreAndCompare(change, copy);

      assertThat(tree.resolve("README.md")).doesNotExist();
      assertThat(tree.resolve("tracked.log")).doesNotExist();
    }
  }

  @Test
  default void bringsModesAndLinksBack() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main",
        "more",
        Map.of("run.sh", TreeFile.executable("#!/bin/sh\n"), "link", TreeFile.link("README.md")));

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      Files.createSymbolicLink(tree.resolve("new-link"), Path.of("nowhere"));
      StagedChange change = stageAll(copy);
      Files.setPosixFilePermissions(
          tree.resolve("run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
      Files.setPosixFilePermissions(
          tree.resolve("README.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.delete(tree.resolve("link"));
      Files.createSymbolicLink(tree.resolve("link"), Path.of("src"));
      Files.delete(tree.resolve("new-link"));
      write(copy, "new-link", "a file\n");

      restoreAndCompare(change, copy);

      assertThat(tree.resolve("run.sh")).isExecutable();
      assertThat(Files.isExecutable(tree.resolve("README.md"))).isFalse();
      assertThat(Files.readSymbolicLink(tree.resolve("link"))).isEqualTo(Path.of("README.md"));
      assertThat(Files.readSymbolicLink(tree.resolve("new-link"))).isEqualTo(Path.of("nowhere"));
    }
  }

  @Test
  default void clearsFoldersAndLinksOutOfTheWay() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of("lib/a.txt", "a\n", "linked/b.txt", "b\n"));
    Path outside = Files.createDirectory(temp().resolve("outside"));
    Path stays = Files.writeString(outside.resolve("b.txt"), "stays\n");

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      StagedChange change = stageAll(copy);
      Files.delete(tree.resolve("README.md"));
      write(copy, "README.md/in the way", "x\n");
      Files.delete(tree.resolve("lib/a.txt"));
      Files.delete(tree.resolve("lib"));
      write(copy, "lib", "a file\n");
      Files.delete(tree.resolve("linked/b.txt"));
      Files.delete(tree.resolve("linked"));
      Files.createSymbolicLink(tree.resolve("linked"), outside);
      Files.createSymbolicLink(tree.resolve("added"), outside);

      restoreAndCompare(change, copy);

      assertThat(tree.resolve("README.md")).hasContent("one\ntwo\nthree\n");
      assertThat(tree.resolve("lib/a.txt")).hasContent("a\n");
      assertThat(tree.resolve("linked")).isDirectory().satisfies(this::isNoLink);
      assertThat(tree.resolve("linked/b.txt")).hasContent("b\n");
      assertThat(Files.exists(tree.resolve("added"), NOFOLLOW_LINKS)).isFalse();
      assertThat(stays).hasContent("stays\n");
    }
  }

  private void isNoLink(Path path) {
    assertThat(Files.isSymbolicLink(path)).isFalse();
  }

  @Test
  default void removesARepositoryThatTestsLeave() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      StagedChange change = stageAll(copy);
      write(copy, "vendor/lib/.git/HEAD", "ref: refs/heads/main\n");
      write(copy, "vendor/lib/a.txt", "a\n");

      restoreAndCompare(change, copy);

      assertThat(copy.directory().resolve("vendor")).doesNotExist();
    }
  }

  @Test
  default void changesNothingWhereTheTreeIsAsItWasStaged() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".gitignore", "*.cache\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "new/file.txt", "new\n");
      write(copy, "a.cache", "x\n");
      StagedChange change = stageAll(copy);
      Map<Path, Object> staged = state(copy.directory());
      change.restoreTree();
      assertThat(state(copy.directory())).isEqualTo(staged);
      write(copy, "README.md", "changed by tests\n");
      write(copy, "report.xml", "x\n");
      Files.delete(copy.directory().resolve("new/file.txt"));

      restoreAndCompare(change, copy);
      Map<Path, Object> restored = state(copy.directory());
      change.restoreTree();

      assertThat(state(copy.directory())).isEqualTo(restored);
    }
  }

  @Test
  default void bringsATreeBackToAReplayedChange() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "1\n2\n3\n", "mine.txt", "old\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "mine.txt", "mine\n");
      LocalCommit commit = commit(copy);
      remote.seed(WORK.value(), Map.of("a.txt", "one\n2\n3\n", "theirs.txt", "theirs\n"));
      assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
      StagedChange change = replay(commit);
      write(copy, "a.txt", "changed by tests\n");
      write(copy, "report.xml", "x\n");
      Files.delete(copy.directory().resolve("mine.txt"));
      Files.delete(copy.directory().resolve("theirs.txt"));

      restoreAndCompare(change, copy);

      assertThat(copy.directory().resolve("report.xml")).doesNotExist();
      stageAll(copy).commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            Map.of(
                "a.txt", TreeFile.of("one\n2\n3\n"),
                "mine.txt", TreeFile.of("mine\n"),
                "theirs.txt", TreeFile.of("theirs\n")));
  }
}
