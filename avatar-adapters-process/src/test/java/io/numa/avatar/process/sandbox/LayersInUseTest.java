package io.numa.avatar.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes of one repository that run at once: the kernel forbids two mounts of one layer. */
class LayersInUseTest {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("https://git.test/a/b");

  @TempDir Path folder;
  private LocalSandboxes sandboxes;

  @BeforeEach
  void makeACache() throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    SandboxSettings settings =
        TestSandboxes.settings(folder.resolve("state"), SandboxProfile.OFFLINE);
    sandboxes =
        new LocalSandboxes(
            settings.withFolders(settings.folders().withCaches(List.of(cache))), Optional.empty());
  }

  @Test
  void haveALayerEach() throws IOException {
    Sandboxed first = hold();
    Sandboxed second = hold();

    assertThat(overlay(second)).contains("-2/upper").isNotEqualTo(overlay(first));
    first.end().run();
    assertThat(overlay(hold())).isEqualTo(overlay(first));
    second.end().run();
    assertThat(overlay(hold())).isEqualTo(overlay(second));
  }

  private Sandboxed hold() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    var site = new SandboxSite(WorkKind.RUN, REPOSITORY, tree, Set.of());
    return sandboxes
        .hold(
            new SandboxRequest(
                site,
                Optional.empty(),
                tree,
                List.of("/bin/true"),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                false))
        .orElseThrow();
  }

  private static String overlay(Sandboxed sandboxed) {
    return sandboxed.words().get(sandboxed.words().indexOf("--overlay") + 1);
  }
}
