package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The avatar caches a server's capabilities, and asks again only after they have changed. */
class ServerCapabilitiesTest {
  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private JGitRepository repository;
  private int copies;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\n"));
    repository = open("secret");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private JGitRepository open(String password) {
    var settings =
        GitSettings.of(JGitContract.IDENTITY)
            .withReuse(CacheSettings.in(temp.resolve("workspace")))
            .withCredentials(
                HostCredential.token("127.0.0.1:*", new TokenSource.Given(new Secret(password)))
                    .withUsername("avatar"));
    return new JGitRepository(settings, Clock.systemUTC());
  }

  /** How many requests one checkout of the remote's new commits takes. */
  private int checkOut() throws IOException, InterruptedException {
    copies++;
    String text = "number " + copies + "\n";
    remote.commit("main", "more", Map.of("README.md", TreeFile.of(text)));
    int before = server.requests();
    try (WorkingCopy copy = checkOut(repository)) {
      assertThat(copy.directory().resolve("README.md")).hasContent(text);
    }
    return server.requests() - before;
  }

  private WorkingCopy checkOut(JGitRepository with) throws InterruptedException {
    return with.checkOut(
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")),
            new BranchName("work"),
            List.of(new BranchName("main")),
            temp.resolve("home" + copies)),
        progress -> {});
  }

  private PortException refusal(JGitRepository with) {
    return catchThrowableOfType(PortException.class, () -> checkOut(with));
  }

  @Test
  void areAskedOnceWhatTheyCanDo() throws Exception {
    assertThat(checkOut()).as("what it can do, refs, objects").isEqualTo(3);
    assertThat(checkOut()).isEqualTo(2);
    assertThat(checkOut()).isEqualTo(2);
  }

  @Test
  void areAskedAgainOnceTheySpeakAnotherProtocol() throws Exception {
    checkOut();
    speak(0);

    assertThat(checkOut()).isGreaterThan(2);
    assertThat(checkOut()).as("refs with what it can do, objects").isEqualTo(2);

    speak(2);
    assertThat(checkOut()).isEqualTo(3);
    assertThat(checkOut()).isEqualTo(2);
  }

  private void speak(int protocol) throws Exception {
    StoredConfig config =
        new FileBasedConfig(server.path("app").resolve("config").toFile(), FS.DETECTED);
    config.load();
    config.setInt("protocol", null, "version", protocol);
    config.save();
  }

  @Test
  void mayAskForAPasswordMeanwhile() throws Exception {
    checkOut();
    server.requirePassword("avatar", "secret");

    assertThat(checkOut()).isGreaterThan(2);
  }

  @Test
  void refuseAsTheyDoOthers() throws Exception {
    checkOut();
    server.requirePassword("avatar", "another secret");

    PortException known = refusal(repository);

    assertThat(known.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(known).hasMessage(refusal(open("secret")).getMessage());
  }

  @Test
  void mayHaveLostTheRepository() throws Exception {
    checkOut();
    Folders.delete(server.path("app"));

    PortException known = refusal(repository);

    assertThat(known.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(known).hasMessage(refusal(open("secret")).getMessage());
  }
}
