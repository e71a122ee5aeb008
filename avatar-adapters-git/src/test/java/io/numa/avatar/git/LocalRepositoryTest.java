package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.fixture.LocalGit;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.CheckoutRequest.Pushes;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories on this machine: their objects are read where they are. */
class LocalRepositoryTest {
  @TempDir Path temp;
  private LocalGit source;

  @BeforeEach
  void makeRepository() throws Exception {
    source = LocalGit.init(temp.resolve("source"));
    source.write("a.txt", "one\n");
    source.commitAll("first");
    source.run("tag", "v1");
    source.write("a.txt", "two\n");
    source.commitAll("second");
  }

  /** Each {@code exec} on a local repository cloned it anew. */
  @Test
  void copiesNoObjectAndWritesNothing() throws Exception {
    Map<Path, FileTime> before = files(source.folder());

    try (WorkingCopy copy = checkOut(source, "work", Pushes.NONE)) {
      assertThat(copy.directory().resolve("a.txt")).hasContent("two");
      assertThat(files(temp.resolve("home/git/objects")).keySet())
          .extracting(file -> file.getFileName().toString())
          .containsExactly("alternates");
      assertThat(new LocalGit(copy.directory()).run("describe", "--tags")).startsWith("v1-1-g");
      Files.writeString(copy.directory().resolve("a.txt"), "three\n");
      stageAll(copy).commit("third");
    }

    assertThat(files(source.folder())).isEqualTo(before);
  }

  /** jenkins git-plugin#3988: a shallow clone. */
  @Test
  void worksInAShallowClone() throws Exception {
    LocalGit shallow = source.cloneTo(temp.resolve("shallow"), "--depth", "1");

    push(shallow, "work");

    assertThat(shallow.run("log", "--format=%s", "work")).isEqualTo("third\nsecond");
    assertThat(shallow.run("fsck")).isEmpty();
  }

  @Test
  void startsAtTheHeadOfALinkedWorkingTree() throws Exception {
    source.run("worktree", "add", "-q", "-b", "side", "../side", "HEAD~1");

    try (WorkingCopy copy = checkOut(new LocalGit(temp.resolve("side")), "work", Pushes.ALL)) {
      assertThat(copy.directory().resolve("a.txt")).hasContent("one");
    }
  }

  /** jgit#26: a partial clone without the files of the branch. */
  @Test
  void refusesAPartialCloneThatLacksFiles() throws Exception {
    source.run("config", "uploadpack.allowFilter", "true");
    LocalGit partial =
        source.cloneTo(temp.resolve("partial"), "--filter=blob:none", "--no-checkout");

    assertThatThrownBy(() -> checkOut(partial, "work", Pushes.NONE))
        .isInstanceOfSatisfying(
            PortException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
              assertThat(refused)
                  .hasMessageContaining("'a.txt'")
                  .hasMessageContaining("partial clone");
            });
  }

  @Test
  void usesAPartialCloneThatHasTheFiles() throws Exception {
    source.run("config", "uploadpack.allowFilter", "true");
    LocalGit partial = source.cloneTo(temp.resolve("partial"), "--filter=blob:none");

    try (WorkingCopy copy = checkOut(partial, "work", Pushes.NONE)) {
      assertThat(copy.directory().resolve("a.txt")).hasContent("two");
    }
  }

  /** {@code exec --branch main --push} moved the checked-out branch under the person's files. */
  @ParameterizedTest
  @ValueSource(strings = {"main", "side", "rebasing"})
  void refusesToPushToACheckedOutBranch(String branch) throws Exception {
    source.run("worktree", "add", "-q", "-b", "side", "../side");
    source.run("worktree", "add", "-q", "-b", "rebasing", "../rebasing");
    var rebasing = new LocalGit(temp.resolve("rebasing"));
    rebasing.run("checkout", "-q", "--detach");
    Path state = source.folder().resolve(".git/worktrees/rebasing/rebase-merge");
    Files.createDirectory(state);
    Files.writeString(state.resolve("head-name"), "refs/heads/rebasing\n");
    source.run("branch", "free");

    assertThatThrownBy(() -> checkOut(source, branch, Pushes.ALL))
        .isInstanceOfSatisfying(
            PortException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.DENIED))
        .hasMessageContaining("checked out in '" + temp)
        .hasMessageContaining("name another branch");
    checkOut(source, branch, Pushes.NONE).close();
    checkOut(source, "free", Pushes.ALL).close();
  }

  @Test
  void refusesABranchThatIsCheckedOutDuringTheWork() throws Exception {
    try (WorkingCopy copy = checkOut(source, "work", Pushes.ALL)) {
      Files.writeString(copy.directory().resolve("a.txt"), "three\n");
      var commit = stageAll(copy).commit("third");
      source.run("checkout", "-q", "-b", "work");

      assertThatThrownBy(commit::push).hasMessageContaining("checked out");
    }
    assertThat(source.run("status", "--short")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ignore, true", "warn, true", "false, true", "refuse, false", "updateInstead, false"})
  void hearsTheRepositorysOwnSetting(String setting, boolean allowed) throws Exception {
    source.run("config", "receive.denyCurrentBranch", setting);

    if (allowed) {
      checkOut(source, "main", Pushes.ALL).close();
    } else {
      assertThatThrownBy(() -> checkOut(source, "main", Pushes.ALL)).hasMessageContaining("main");
    }
  }

  @Test
  void pushesToAnyBranchOfABareRepository() throws Exception {
    LocalGit bare = source.cloneTo(temp.resolve("bare.git"), "--bare");

    push(bare, "main");

    assertThat(bare.run("log", "-1", "--format=%s", "main")).isEqualTo("third");
  }

  private void push(LocalGit repository, String branch) throws Exception {
    try (WorkingCopy copy = checkOut(repository, branch, Pushes.ALL)) {
      Files.writeString(copy.directory().resolve("a.txt"), "three\n");
      stageAll(copy).commit("third").push();
    }
  }

  private WorkingCopy checkOut(LocalGit repository, String branch, Pushes pushes)
      throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(repository.folder().toString()),
            new BranchName(branch),
            List.of(),
            temp.resolve("home"),
            pushes);
    return new JGitRepository(
            GitSettings.of(new GitIdentity("Ada", "ada@example.com")), Clock.systemUTC())
        .checkOut(request, progress -> {});
  }

  /** All files with the times of their last change. */
  private static Map<Path, FileTime> files(Path folder) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(file -> times.put(file, time(file)));
    }
    return times;
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
