package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command sees and may do in the strongest sandbox that this machine has. */
class SandboxWallsTest {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("https://git.test/a/b");
  private static final RepositoryUrl OTHER = RepositoryUrl.parse("https://git.test/a/c");

  @TempDir Path state;
  @TempDir Path folder;
  private Path home;
  private Path tree;
  private SandboxSettings settings;

  @BeforeEach
  void makeFolders() throws IOException {
    home = Files.createDirectory(folder.resolve("operator"));
    tree = Files.createDirectory(folder.resolve("tree"));
    settings =
        TestSandboxes.settings(state, SandboxProfile.OFFLINE)
            .withFolders(new SandboxFolders(state, home, Set.of()));
  }

  @Test
  void changesOnlyItsTreeItsHomeAndItsTmp() throws Exception {
    assertThat(
            printed(
                "for f in . ~ /tmp /var/tmp /dev/shm /usr /etc / /home /run /dev /proc/sys/kernel;"
                    + " do (echo x >$f/probe) 2>/dev/null && echo $f; done"))
        .isEqualTo(".\n/home/agent\n/tmp\n/var/tmp\n/dev/shm\n");
    assertThat(tree.resolve("probe")).hasContent("x");
  }

  @Test
  void changesNothingButItsHomeAndItsTmpWhereItOnlyReads() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(tree.resolve("file"), "as it was");
    SandboxSite site =
        new SandboxSite(WorkKind.AGENT, REPOSITORY, tree, Set.of()).withHome(own).forReading();

    assertThat(
            printed(
                site,
                "cat file; for f in . ~ /home/agent /tmp /home/agent/.m2/repository /opt/caches;"
                    + " do (echo x >$f/probe) 2>/dev/null && echo $f; done;"
                    + " (echo x >file) 2>/dev/null; rm -f file 2>/dev/null; mkdir new 2>/dev/null;"
                    + " mount -o remount,rw . 2>/dev/null; (echo x >file) 2>/dev/null"))
        .isEqualTo("as it was" + own + "\n/home/agent\n/tmp\n");

    assertThat(tree.resolve("file")).hasContent("as it was");
    assertThat(tree).isDirectoryNotContaining("glob:**/{probe,new}");
    assertThat(own.resolve("probe")).hasContent("x");
  }

  @Test
  void readsAFolderOfAnyNameAndChangesTheTreeBesideIt() throws Exception {
    String name = " a  b back\\040slash quo'te\"$HOME` st*r[x]? co:m,ma ";
    Path readable = Files.createDirectories(folder.resolve(name).resolve("read"));
    tree = Files.createDirectories(folder.resolve(name).resolve("tree"));
    Files.writeString(readable.resolve("file"), "as it was");

    assertThat(
            printed(
                REPOSITORY,
                Set.of(readable),
                "cat ../read/file; echo x >new;"
                    + " (echo x >../read/file) 2>/dev/null; (echo x >../read/new) 2>/dev/null"))
        .isEqualTo("as it was");
    assertThat(readable.resolve("file")).hasContent("as it was");
    assertThat(readable.resolve("new")).doesNotExist();
    assertThat(tree.resolve("new")).hasContent("x");
  }

  @Test
  void neverChangesAFolderThatItReadsWhoseNameHasALinesEnd() throws Exception {
    Path readable = Files.createDirectories(folder.resolve("line\nend\n"));

    try {
      printed(REPOSITORY, Set.of(readable), "echo x >'" + readable + "/new' || true");
    } catch (PortException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.SANDBOX_UNAVAILABLE);
    }

    assertThat(readable).isEmptyDirectory();
  }

  @Test
  void seesNothingOfTheAvatar() throws Exception {
    Files.writeString(home.resolve("secret"), "s3cret");
    Files.writeString(folder.resolve("config.yaml"), "s3cret");

    assertThat(
            printed(
                "ls -d %s %s %s/config.yaml %s/* 2>/dev/null; ls -a %s"
                    .formatted(state, home, folder, state, folder)))
        .isEqualTo(".\n..\ntree\n");
  }

  @Test
  void seesItsOwnProcessesAlone() throws Exception {
    assertThat(printed("ls /proc | grep -c '^[0-9]'; grep NSpid /proc/1/status | wc -w"))
        .matches("[1-6]\n2\n");
  }

  @Test
  void hasANetworkThatHoldsNothing() throws Exception {
    assertThat(printed("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")).isEqualTo("lo\n");
  }

  @Test
  void hasNeitherRightsNorAWayToThem() throws Exception {
    assertThat(
            printed("grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):' /proc/self/status"))
        .isEqualToIgnoringWhitespace(
            "CapInh: 0 CapPrm: 0 CapEff: 0 CapBnd: 0 CapAmb: 0 NoNewPrivs: 1 Seccomp: 2"
                .replace(" 0", " 0000000000000000"));
    assertThat(printed("unshare -U true 2>/dev/null || echo refused")).isEqualTo("refused\n");
  }

  @Test
  void keepsTheHomeOfARepositoryForItsNextCommandAndForNoOther() throws Exception {
    printed("echo kept >~/.cached");

    assertThat(printed("cat ~/.cached")).isEqualTo("kept\n");
    assertThat(printed(OTHER, "cat ~/.cached || true")).doesNotContain("kept\n");
  }

  @Test
  void isItsUserByNameAndFolder() throws Exception {
    assertThat(printed("id -un; echo ~; echo ~agent; echo $TMPDIR; hostname"))
        .isEqualTo("agent\n/home/agent\n/home/agent\n/tmp\nsandbox\n");
  }

  @Test
  void showsNoSecretsInsideOfTools() throws Exception {
    Path tools = Files.createDirectories(home.resolve("tools/bin")).getParent();
    Files.createDirectories(tools.resolve("etc"));
    Files.writeString(tools.resolve("etc/npmrc"), "//r.test/:_authToken=s3cret\n");
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id"), "s3cret");
    Files.writeString(home.resolve(".npmrc"), "s3cret");
    Files.writeString(tools.resolve("avatar.yaml"), "s3cret");
    Files.writeString(tools.resolve("plain"), "plain");
    settings =
        settings.withFolders(
            new SandboxFolders(
                state,
                home,
                List.of(home, tools),
                List.of(),
                Set.of(tools.resolve("avatar.yaml"))));

    String seen =
        printed(
            "cat %1$s/tools/etc/npmrc %1$s/.ssh/id %1$s/.npmrc %1$s/tools/* 2>/dev/null; true"
                .formatted(home));

    assertThat(seen).isEqualTo("plain");
  }

  @Test
  void refusesWhatIsLessThanTheMinimum() {
    settings =
        settings
            .withProfile(SandboxProfile.PROCESS)
            .withMinimums(Map.of(WorkKind.RUN, SandboxProfile.ISOLATED));

    assertThatThrownBy(() -> printed("true"))
        .isInstanceOfSatisfying(
            PortException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.SANDBOX_UNAVAILABLE))
        .hasMessageContaining(
            "sandbox.minimum.run is isolated, but the profile is process; raise sandbox.profile");
  }

  @Test
  void readsTheOperatorsCachesAndWritesToALayerOfTheRepositorysOwn() throws Exception {
    Path cache = Files.createDirectories(home.resolve(".m2/repository"));
    Files.writeString(cache.resolve("artifact"), "shared");
    settings =
        settings.withFolders(new SandboxFolders(state, home, List.of(), List.of(cache), Set.of()));

    assertThat(printed("cd ~/.m2/repository; cat artifact; echo x >new; echo y >artifact; ls"))
        .isEqualTo("sharedartifact\nnew\n");

    assertThat(printed("cat ~/.m2/repository/*")).isEqualTo("y\nx\n");
    assertThat(printed(OTHER, "cat ~/.m2/repository/*")).isEqualTo("shared");
    assertThat(cache).isDirectoryNotContaining("glob:**/new");
    assertThat(cache.resolve("artifact")).hasContent("shared");
  }

  /** In the outer one, a command could leave a link in the place of the inner one. */
  @Test
  void refusesToShowAFolderInsideOfOneThatCommandsChange() throws Exception {
    Path outer = Files.createDirectory(folder.resolve("outer"));
    Path inner = Files.createDirectory(outer.resolve("inner"));
    settings =
        settings.withFolders(
            new SandboxFolders(state, home, List.of(), List.of(outer, inner), Set.of()));

    assertThatThrownBy(() -> printed("true"))
        .isInstanceOfSatisfying(
            PortException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.SANDBOX_UNAVAILABLE))
        .hasMessageContaining("could not show '" + inner + "' to a sandbox");
  }

  /** Overridden to run these tests with other means. */
  LocalSandboxes sandboxes(SandboxSettings wanted) {
    return new LocalSandboxes(wanted, Optional.empty());
  }

  private String printed(String line) throws InterruptedException {
    return printed(REPOSITORY, line);
  }

  private String printed(RepositoryUrl repository, String line) throws InterruptedException {
    return printed(repository, Set.of(), line);
  }

  private String printed(RepositoryUrl repository, Set<Path> readable, String line)
      throws InterruptedException {
    return printed(new SandboxSite(WorkKind.RUN, repository, tree, readable), line);
  }

  private String printed(SandboxSite site, String line) throws InterruptedException {
    var output = new ByteArrayOutputStream();
    var variables = new HashMap<>(System.getenv());
    variables.put("HOME", home.toString());
    var runner = new LocalCommandRunner(ProcessSettings.defaults(variables), sandboxes(settings));
    var command =
        new Command(
            new Shell(line),
            tree,
            Map.of(),
            Duration.ofSeconds(20),
            Optional.empty(),
            Optional.empty(),
            Optional.of(site));

    CommandResult result = runner.run(command, output::write);

    assertThat(result).isInstanceOf(CommandResult.Exited.class);
    return output.toString(UTF_8);
  }
}
