package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HOME of a repository, in which an earlier task may have left anything. */
class HomesTest {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("https://git.test/a/b");
  private static final Map<Path, String> FILES =
      Map.of(Path.of(".npmrc"), "npm", Path.of(".m2/settings.xml"), "maven");

  @TempDir Path folder;
  private Homes homes;
  private SandboxSite site;
  private Path home;

  @BeforeEach
  void prepareOnce() throws IOException {
    homes = homes();
    site = new SandboxSite(WorkKind.RUN, REPOSITORY, folder.resolve("tree"), Set.of());
    homes.prepare(site, FILES);
    home = homes.home(site);
    Files.writeString(home.resolve("kept"), "kept");
  }

  private Homes homes() {
    return new Homes(
        folder.resolve("homes"), new Layers(folder, List.of()), Long.MAX_VALUE, Metrics.NONE);
  }

  @Test
  void staysAsItIs() {
    homes.prepare(site, FILES);
    homes().prepare(site, FILES);

    assertThat(home.resolve("kept")).hasContent("kept");
  }

  @ParameterizedTest
  @CsvSource({
    "home, chmod 0 .",
    "home, chmod 500 .",
    "home, rm -r .m2; mkdir .m2; chmod 0 .m2",
    "home, rm -r .npmrc; mkdir -p .npmrc/x",
    "home, rm -r .m2/settings.xml; mkdir -p .m2/settings.xml/x",
    "caches, chmod 0 .",
    "caches, chmod 500 npm",
    "caches, rmdir npm; echo >npm",
    "caches, rmdir npm; mkfifo npm",
    "caches, rmdir npm; ln -s / npm",
    "caches, rmdir npm; ln -s nowhere npm",
  })
  void beginsAnewAfterATaskThatMadeItUnusable(String place, String sabotage) throws Exception {
    Path broken = home.resolveSibling(place);
    assertThat(
            new ProcessBuilder("sh", "-c", sabotage).directory(broken.toFile()).start().waitFor())
        .isZero();

    homes.prepare(site, FILES);

    assertThat(Files.getPosixFilePermissions(home))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(home.resolve(".npmrc")).hasContent("npm");
    assertThat(home.resolve(".m2/settings.xml")).hasContent("maven");
    assertThat(homes.caches(REPOSITORY).resolve("npm")).isEmptyDirectory();
    assertThat(Files.isSymbolicLink(homes.caches(REPOSITORY).resolve("npm"))).isFalse();
  }

  /** What was left may belong to processes that still run, which could lead a removal elsewhere. */
  @Test
  void keepsWhatWasUnusableForTheRemovalOfUnusedFolders() throws Exception {
    Path npm = homes.caches(REPOSITORY).resolve("npm");
    Files.delete(npm);
    Files.createFile(npm);

    homes.prepare(site, FILES);

    try (var folders = Files.list(folder.resolve("homes"))) {
      assertThat(folders.map(path -> path.resolve("home/kept")).filter(Files::exists)).hasSize(1);
    }
  }

  /** Their tools are below it, at the same paths as outside. */
  @ParameterizedTest
  @CsvSource({
    "/home/me, /home/agent",
    "/home/agent, /home/sandbox",
    "/home/sandbox, /home/agent",
    "/, /home/agent",
  })
  void isNotSeenWhereTheOperatorsIs(Path operators, Path seen) {
    var other = new Homes(folder, new Layers(operators, List.of()), Long.MAX_VALUE, Metrics.NONE);

    assertThat(other.inside(site)).isEqualTo(seen);
  }

  @Test
  void leavesARepositorysHomeAloneWhereThatOfAnAgentIsUnusable() throws Exception {
    Path own = Files.createFile(folder.resolve("own"));

    assertThatThrownBy(() -> homes.prepare(site.withHome(own), FILES))
        .isInstanceOf(PortException.class);

    assertThat(home.resolve("kept")).hasContent("kept");
  }
}
