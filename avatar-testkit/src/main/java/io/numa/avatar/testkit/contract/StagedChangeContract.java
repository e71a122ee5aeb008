package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of which files a working copy must stage, and which it must leave out. */
public interface StagedChangeContract extends RepositoryFixture {
  @Test
  default void commitsNothingIfNothingDiffers() throws Exception {
    remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "README.md", "changed\n");
      write(copy, "README.md", "one\ntwo\nthree\n");

      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(diff(copy)).isEmpty();
    }
  }

  @Test
  default void findsWhatHasChangedWhereItIsToldToLook() throws Exception {
    SeededRepository remote = remote();
    remote.commit("main", "more", Map.of("deep/er/old.txt", TreeFile.of("old\n")));

    try (WorkingCopy copy = checkOut(WORK)) {
      assertThat(copy.stage(ChangedPaths.NOWHERE, Long.MAX_VALUE).changes()).isEmpty();
      write(copy, "README.md", "changed\n");
      write(copy, "deep/er/new.txt", "new\n");
      Files.delete(copy.directory().resolve("deep/er/old.txt"));

      var touched = Set.of(path("README.md"), path("deep/er"));
      assertThat(copy.stage(ChangedPaths.NOWHERE.and(touched), Long.MAX_VALUE).changes())
          .extracting(change -> change.path().value())
          .containsExactly("README.md", "deep/er/new.txt", "deep/er/old.txt");
    }
  }

  private WorkspacePath path(String path) {
    return new WorkspacePath(path);
  }

  @Test
  default void commitsTheTreeAsItWasWhenStaged() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "work.txt", "work\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      write(copy, "work.txt", "changed by the tests\n");
      write(copy, "report.xml", "<testsuite/>\n");
      change.commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(remote.files("main"), Map.of("work.txt", TreeFile.of("work\n"))));
  }

  @Test
  default void commitsNothingThatIsWrittenBesideTheBaseCommitsFiles() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "work.txt", "work\n");
      Path base = copy.base().checkOut();
      Files.writeString(base.resolve("README.md"), "changed by tests\n");
      Files.writeString(base.resolve("report.xml"), "<testsuite/>\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(remote.files("main"), Map.of("work.txt", TreeFile.of("work\n"))));
  }

  @Test
  default void writesTheChangeIntoAFolderApart() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "work.txt", "work\n");
      StagedChange change = stageAll(copy);
      write(copy, "work.txt", "changed by the tests\n");
      Path folder = change.checkOut();
      assertThat(folder.resolve("work.txt")).hasContent("work");
      assertThat(folder).isNotEqualTo(copy.directory());
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(
                files.map(file -> file.getFileName().toString()).filter(it -> !it.equals(".git")))
            .containsAll(topLevel(with(remote.files("main"), Map.of("work.txt", TreeFile.of("")))));
      }
      Files.writeString(folder.resolve("work.txt"), "changed by a reviewer\n");
      Files.writeString(folder.resolve("new.txt"), "new\n");

      assertThat(change.checkOut()).isEqualTo(folder);
      assertThat(folder.resolve("work.txt")).hasContent("work");
      assertThat(folder.resolve("new.txt")).doesNotExist();
      Files.writeString(folder.resolve("work.txt"), "changed by a reviewer\n");
      change.commit("work").push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(remote.files("main"), Map.of("work.txt", TreeFile.of("work\n"))));
  }

  private static Set<String> topLevel(Map<String, TreeFile> files) {
    return files.keySet().stream().map(path -> path.split("/", 2)[0]).collect(Collectors.toSet());
  }

  @Test
  default void commitsWithoutDifferenceIfToldTo() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      LocalCommit commit = stageAll(copy).commit("work");
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      assertThat(remote.files(WORK.value())).isEqualTo(remote.files("main"));
    }
  }

  @Test
  default void commitsOnceOnTopOfTheBaseInItsOwnName() throws Exception {
    SeededRepository remote = remote();
    String message = "feat: größer\n\nNuma-Task: 1\n";

    CommitId commit;
    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "a\n");
      stageAll(copy).commit("first try");
      write(copy, "b.txt", "b\n");
      LocalCommit second = stageAll(copy).commit(message);
      second.push();
      commit = second.id();
    }

    var log = remote.log(WORK.value());
    assertThat(log).hasSize(2);
    assertThat(log.get(0))
        .isEqualTo(new SeededRepository.LogEntry(commit, NAME, EMAIL, log.get(0).time(), message));
    assertThat(log.get(1)).isEqualTo(remote.log("main").get(0));
    assertThat(remote.files(WORK.value())).containsKeys("a.txt", "b.txt");
  }

  @Test
  default void keepsDeletionsModesLinksAndRenames() throws Exception {
    SeededRepository remote = remote();
    remote.commit(
        "main",
        "more",
        Map.of(
            "run.sh", TreeFile.executable("#!/bin/sh\n"),
            "link", TreeFile.link("README.md"),
            "old/name.txt", TreeFile.of("moved\n"),
            "becomes-folder", TreeFile.of("file\n"),
            "becomes-file/inside", TreeFile.of("inside\n")));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      Path tree = copy.directory();
      assertThat(Files.isExecutable(tree.resolve("run.sh"))).isTrue();
      assertThat(Files.readSymbolicLink(tree.resolve("link"))).isEqualTo(Path.of("README.md"));
      Files.delete(tree.resolve("src/App.java"));
      Files.createDirectory(tree.resolve("new"));
      Files.move(tree.resolve("old/name.txt"), tree.resolve("new/name.txt"));
      Files.setPosixFilePermissions(
          tree.resolve("README.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere/at/all"));
      Files.delete(tree.resolve("becomes-folder"));
      write(copy, "becomes-folder/inside", "now\n");
      Files.delete(tree.resolve("becomes-file/inside"));
      Files.delete(tree.resolve("becomes-file"));
      write(copy, "becomes-file", "now\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                without(
                    before,
                    "src/App.java",
                    "old/name.txt",
                    "becomes-folder",
                    "becomes-file/inside"),
                Map.of(
                    "new/name.txt", TreeFile.of("moved\n"),
                    "README.md", TreeFile.executable("one\ntwo\nthree\n"),
                    "dangling", TreeFile.link("nowhere/at/all"),
                    "becomes-folder/inside", TreeFile.of("now\n"),
                    "becomes-file", TreeFile.of("now\n"))));
  }

  @Test
  default void leavesIgnoredFilesOutUnlessTheyAreTracked() throws Exception {
    SeededRepository remote = remote();
    remote.seed(
        "main",
        Map.of(
            ".gitignore", "*.log\n/out/\n!keep.log\n",
            "tracked.log", "before\n",
            "sub/.gitignore", "*.tmp\n"));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.log", "no\n");
      write(copy, "out/a.txt", "no\n");
      write(copy, "sub/a.tmp", "no\n");
      write(copy, "a.tmp", "yes\n");
      write(copy, "sub/keep.log", "yes\n");
      write(copy, "tracked.log", "after\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(
            with(
                before,
                Map.of(
                    "a.tmp", TreeFile.of("yes\n"),
                    "sub/keep.log", TreeFile.of("yes\n"),
                    "tracked.log", TreeFile.of("after\n"))));
  }

  @Test
  default void leavesTheStateOfCodingAgentsOutUnlessTheBaseHasIt() throws Exception {
    SeededRepository remote = remote();
    remote.seed("main", Map.of(".claude/settings.json", "{}\n"));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      for (String path :
          List.of(
              ".qwen/a",
              ".gemini/a",
              ".codex/a",
              ".opencode/a/b",
              ".aider.chat.history.md",
              ".aider.tags.cache/a",
              "sub/.qwen/a")) {
        write(copy, path, "state\n");
      }
      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(diff(copy)).isEmpty();

      write(copy, ".claude/settings.json", "{\"a\": 1}\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of(".claude/settings.json", TreeFile.of("{\"a\": 1}\n"))));
  }

  @Test
  default void leavesSubmodulesWhereTheyAre() throws Exception {
    SeededRepository remote = remote();
    remote.commit("main", "submodule", Map.of("lib", TreeFile.submodule("0123456789".repeat(4))));
    Map<String, TreeFile> before = remote.files("main");

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "a.txt", "a\n");
      commit(copy).push();
    }

    assertThat(remote.files(WORK.value()))
        .isEqualTo(with(before, Map.of("a.txt", TreeFile.of("a\n"))));
  }
}
