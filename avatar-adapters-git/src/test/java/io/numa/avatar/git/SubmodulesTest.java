package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.internal.submodule.SubmoduleUrl;
import io.numa.avatar.git.internal.submodule.Submodules;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmodulesTest {
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"))
          .withFeatures(GitFeatures.NONE.withSubmodules());
  private static final BranchName WORK = new BranchName("dev-1-work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository app;
  private SeededRepository lib;
  private CommitId libCommit;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    app = server.createRepository("app");
    lib = server.createRepository("lib");
    libCommit = lib.seed("main", Map.of("lib.txt", "lib\n", "deep/er.txt", "x\n"));
    app.seed("main", Map.of("a.txt", "a\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static String module(String name, String path, String url) {
    return "[submodule \"" + name + "\"]\n  path = " + path + "\n  url = " + url + "\n";
  }

  private static void link(
      SeededRepository repository, String gitmodules, String path, CommitId to) {
    Map<String, TreeFile> entries = new TreeMap<>();
    entries.put(".gitmodules", TreeFile.of(gitmodules));
    entries.put(path, TreeFile.submodule(to.value()));
    repository.commit("main", "link", entries);
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut(SETTINGS, server.httpUrl("app"));
  }

  private WorkingCopy checkOut(GitSettings settings, String url) throws InterruptedException {
    var request =
        new CheckoutRequest(RepositoryUrl.parse(url), WORK, List.of(), temp.resolve("home"));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  private PortException refusal() {
    var failure = catchThrowableOfType(PortException.class, () -> checkOut().close());
    assertThat(failure).isNotNull();
    assertThat(temp.resolve("home")).doesNotExist();
    return failure;
  }

  @Test
  void writesTheFilesOfSubmodulesInSubmodules() throws Exception {
    SeededRepository middle = server.createRepository("middle");
    middle.seed("main", Map.of("middle.txt", "m\n"));
    link(middle, module("lib", "libs/lib", "../lib.git"), "libs/lib", libCommit);
    CommitId tip = middle.headOf("main").orElseThrow();
    link(app, module("middle", "ext/middle", server.httpUrl("middle")), "ext/middle", tip);

    try (WorkingCopy copy = checkOut()) {
      for (Path tree : List.of(copy.directory(), copy.base().checkOut())) {
        assertThat(tree.resolve("ext/middle/middle.txt")).hasContent("m\n");
        assertThat(tree.resolve("ext/middle/libs/lib/lib.txt")).hasContent("lib\n");
        assertThat(tree.resolve("ext/middle/.git")).doesNotExist();
      }
      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(Programs.run(copy.directory(), "git", "status", "--porcelain")).isEmpty();
    }
  }

  /** libgit2#5071: a byte order mark, which editors on Windows write, here in .gitmodules. */
  @Test
  void readsAListThatBeginsWithAByteOrderMark() throws Exception {
    link(app, "\ufeff" + module("lib", "lib", "../lib.git"), "lib", libCommit);

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("lib/lib.txt")).hasContent("lib\n");
    }
  }

  @Test
  void fetchesACommitThatIsNoTip() throws Exception {
    lib.seed("main", Map.of("lib.txt", "newer\n"));
    link(app, module("lib", "lib", "../lib.git"), "lib", libCommit);

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("lib/lib.txt")).hasContent("lib\n");
    }
  }

  @Test
  void whatStepsDoInASubmoduleIsNotCommitted() throws Exception {
    link(app, module("lib", "lib", "../lib.git"), "lib", libCommit);

    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("lib/lib.txt"), "changed\n");
      Files.writeString(copy.directory().resolve("lib/new.txt"), "new\n");
      assertThat(stageAll(copy).changes()).isEmpty();

      Files.writeString(copy.directory().resolve("a.txt"), "b\n");
      stageAll(copy).commit("work").push();
    }

    assertThat(app.files(WORK.value()))
        .containsEntry("lib", TreeFile.submodule(libCommit.value()))
        .containsOnlyKeys(".gitmodules", "a.txt", "lib");
    assertThat(lib.branches()).containsExactly("main");
  }

  @Test
  void logsInAtTheSubmodulesHostAsElsewhere() throws Exception {
    link(app, module("lib", "lib", "../lib.git"), "lib", libCommit);
    server.requirePassword("bot", "s3cret");
    GitSettings known =
        SETTINGS.withCredentials(
            HostCredential.password("127.0.0.1:*", "bot", new Secret("s3cret")));

    try (WorkingCopy copy = checkOut(known, server.httpUrl("app"))) {
      assertThat(copy.directory().resolve("lib/lib.txt")).hasContent("lib\n");
    }
  }

  @Test
  void worksWithRepositoriesOfThisMachine() throws Exception {
    link(app, module("lib", "lib", "../lib.git"), "lib", libCommit);

    try (WorkingCopy copy = checkOut(SETTINGS, server.path("app").toString())) {
      assertThat(copy.directory().resolve("lib/lib.txt")).hasContent("lib\n");
    }
  }

  @Test
  void leavesThemEmptyUnlessTold() throws Exception {
    link(app, module("lib", "lib", "../lib.git"), "lib", libCommit);

    try (WorkingCopy copy =
        checkOut(SETTINGS.withFeatures(GitFeatures.NONE), server.httpUrl("app"))) {
      assertThat(copy.directory().resolve("lib")).isEmptyDirectory();
    }
  }

  @Test
  void leavesOutWhatTheRepositoryLeavesOut() throws Exception {
    String modules = module("lib", "lib", "../lib.git") + "  update = none\n";
    link(app, modules, "lib", libCommit);

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("lib")).isEmptyDirectory();
    }
  }

  @Test
  void saysWhichCommitIsMissing() {
    var nowhere = new CommitId("0123456789".repeat(4));
    link(app, module("lib", "lib", "../lib.git"), "lib", nowhere);

    PortException failure = refusal();

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("'lib'").hasMessageContaining(nowhere.value());
  }

  @Test
  void saysWhichSubmoduleIsNotInGitmodules() {
    link(app, "", "lib", libCommit);

    assertThat(refusal()).hasMessageContaining("no .gitmodules says where it is");
  }

  @ParameterizedTest
  @CsvSource({
    "x, ext::sh -c touch% ran",
    "x, file:///etc",
    "x, /etc",
    "x, -u./evil",
    "x, ../../../../../../etc",
    "../../hooks, ../lib.git", // CVE-2018-11235
    "a\\..\\b, ../lib.git"
  })
  void refusesAddressesAndNamesThatLeadElsewhere(String name, String url) {
    link(app, module(name.replace("\\", "\\\\"), "lib", url), "lib", libCommit);

    assertThat(refusal().kind()).isEqualTo(FailureKind.DENIED);
  }

  @Test
  void runsNoCommandOfASubmodule() { // CVE-2019-19604
    String modules =
        module("lib", "lib", "../lib.git") + "  update = !touch " + temp.resolve("ran") + "\n";
    link(app, modules, "lib", libCommit);

    assertThat(refusal().kind()).isEqualTo(FailureKind.DENIED);
    assertThat(temp.resolve("ran")).doesNotExist();
  }

  @Test
  void refusesAListThatIsALink() {
    app.commit(
        "main",
        "link",
        Map.of(
            ".gitmodules", TreeFile.link("a.txt"), "lib", TreeFile.submodule(libCommit.value())));

    assertThat(refusal().kind()).isEqualTo(FailureKind.DENIED);
  }

  /**
   * CVE-2024-32002: links and submodules whose paths are equal on file systems that ignore case.
   */
  @Test
  void aLinkBesideASubmoduleLeadsNothingAway() throws Exception {
    Map<String, TreeFile> entries = new TreeMap<>();
    entries.put(".gitmodules", TreeFile.of(module("x/y", "A/modules/x", "../lib.git")));
    entries.put("A/modules/x", TreeFile.submodule(libCommit.value()));
    entries.put("a", TreeFile.link(".git"));
    app.commit("main", "attack", entries);

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("A/modules/x/lib.txt")).hasContent("lib\n");
      assertThat(copy.directory().resolve(".git/modules")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".git/hooks", "sub/.GIT", "../out"})
  void writesNoSubmoduleNearAGitDirectory(String path) {
    assertThatThrownBy(
            () -> {
              link(app, module("x", path, "../lib.git"), path, libCommit);
              checkOut().close();
            })
        .isInstanceOfAny(PortException.class, IllegalArgumentException.class)
        .hasMessageContaining("nvalid path");
    assertThat(temp.resolve("home")).doesNotExist();
  }

  @Test
  void stopsWhereARepositoryHoldsItself() {
    CommitId at = libCommit;
    for (int i = 0; i <= Submodules.DEEPEST; i++) {
      link(lib, module("self", "self", "../lib.git"), "self", at);
      at = lib.headOf("main").orElseThrow();
    }
    link(app, module("lib", "lib", "../lib.git"), "lib", at);

    assertThat(refusal()).hasMessageContaining("nested");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/b.git, ../c.git, https://h/a/c.git",
    "https://h/a/b.git, ../x/../lib.git, https://h/a/lib.git",
    "https://h/a/b.git/, ../../c, https://h/c",
    "https://h/a/b.git, ./c, https://h/a/b.git/c",
    "git@h:a/b.git, ../c.git, git@h:a/c.git",
    "git@h:b.git, ../c.git, git@h:c.git",
    "ssh://git@h:22/b.git, ../c.git, ssh://git@h:22/c.git",
    "/srv/a.git, ../b.git, /srv/b.git",
    "https://h/a, ssh://git@other/x, ssh://git@other/x"
  })
  void resolvesAddressesAsGitDoes(String superproject, String url, String resolved) {
    assertThat(SubmoduleUrl.resolve(RepositoryUrl.parse(superproject), url))
        .isEqualTo(RepositoryUrl.parse(resolved));
  }

  @ParameterizedTest
  @CsvSource({"https://h/a, ../../evil/x", "git@h:a, ../../x", "/a, ../../../x"})
  void staysBelowTheServersRoot(String superproject, String url) {
    assertThatThrownBy(() -> SubmoduleUrl.resolve(RepositoryUrl.parse(superproject), url))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
