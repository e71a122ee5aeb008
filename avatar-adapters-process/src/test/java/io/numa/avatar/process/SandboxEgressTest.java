package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.EchoingEgress;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of sandboxes to the network, with an egress that echoes. */
class SandboxEgressTest {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("https://git.test/a/b");
  private static final HostAndPort DATABASE = new HostAndPort("db.test", 5432);
  private static final String CONNECT =
      "connect() { (exec 3<>/dev/tcp/$1/$2 && cat <&3) 2>/dev/null || echo refused; }; ";

  @TempDir static Path state;
  @TempDir Path folder;
  private final AttemptId attempt = AttemptId.random();
  private EchoingEgress egress;
  private Path tree;

  @BeforeEach
  void makeFolders() throws IOException {
    egress = new EchoingEgress(folder);
    tree = Files.createDirectory(folder.resolve("tree"));
  }

  @Test
  void leadsNamesAndLocalPortsToTheAvatarAndNothingElse() throws Exception {
    String seen =
        printed(
            sandboxes(SandboxProfile.EGRESS),
            CONNECT
                + "connect repo.example.com 80; connect 127.0.0.1 8765; connect 127.0.0.1 22;"
                + " connect 192.0.2.1 80");

    assertThat(seen).isEqualTo("tcp repo.example.com 80\ntcp 127.0.0.1 8765\nrefused\nrefused\n");
    assertThat(egress.requests()).endsWith(new EgressRequest(Set.of(DATABASE), Set.of()));
  }

  @Test
  void tellsClientsOfTheRegistries() throws Exception {
    assertThat(printed(sandboxes(SandboxProfile.EGRESS), "cat ~/.npmrc; echo $http_proxy"))
        .isEqualTo("registry=http://127.0.0.1:8765/\nhttp://127.0.0.1:8765\n");
  }

  @Test
  void remembersWhatWasRefusedAfterTheEnd() throws Exception {
    LocalSandboxes sandboxes = sandboxes(SandboxProfile.EGRESS);

    printed(sandboxes, CONNECT + "connect repo.example.com 81; connect repo.example.com 81");
    printed(sandboxes, CONNECT + "connect repo.example.com 81; sleep 0.2");

    assertThat(sandboxes.refused(attempt))
        .containsExactly(new RefusedHost("repo.example.com", 81, 2));
    assertThat(sandboxes.refused(AttemptId.random())).isEmpty();
  }

  @Test
  void closesEachWay() throws Exception {
    printed(sandboxes(SandboxProfile.EGRESS), "true");

    for (int i = 0; i < 200 && egress.open() > 0; i++) {
      Deadline.pause(); // the last thread of the process closes it
    }
    assertThat(egress.open()).isZero();
  }

  @Test
  void reachesTheServicesOfItsSiteOfflineAndNothingElse() throws Exception {
    var site = site().withServices(Set.of(9876));

    String seen =
        printed(
            sandboxes(SandboxProfile.OFFLINE),
            site,
            CONNECT
                + "connect 127.0.0.1 9876; connect 127.0.0.1 8765; connect repo.example.com 80;"
                + " echo $http_proxy");

    assertThat(seen).isEqualTo("tcp 127.0.0.1 9876\nrefused\nrefused\n\n");
  }

  private LocalSandboxes sandboxes(SandboxProfile profile) {
    return new LocalSandboxes(
        TestSandboxes.settings(state, profile).withAllow(List.of(DATABASE)), Optional.of(egress));
  }

  private SandboxSite site() {
    return new SandboxSite(WorkKind.RUN, REPOSITORY, tree, Set.of());
  }

  private String printed(LocalSandboxes sandboxes, String line) throws InterruptedException {
    return printed(sandboxes, site(), line);
  }

  private String printed(LocalSandboxes sandboxes, SandboxSite site, String line)
      throws InterruptedException {
    var output = new ByteArrayOutputStream();
    new LocalCommandRunner(ProcessSettings.defaults(System.getenv()), sandboxes)
        .run(
            new Command(
                new Argv(List.of("bash", "-c", line)),
                tree,
                Map.of(),
                Duration.ofSeconds(20),
                Optional.empty(),
                Optional.of(attempt),
                Optional.of(site)),
            output::write);
    return output.toString(UTF_8);
  }
}
