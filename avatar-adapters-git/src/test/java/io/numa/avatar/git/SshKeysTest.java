package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.OpenSsh;
import io.numa.avatar.git.fixture.SystemPrograms;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of all kinds, tested with OpenSSH, the SSH server that most hosts run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshKeysTest {
  private static final String PASSPHRASE = "correct horse battery";

  private @Nullable OpenSsh ssh;
  private String url = "";
  private Path folder = Path.of("");

  @BeforeAll
  void startSsh(@TempDir Path temp) throws Exception {
    folder = temp;
    ssh = OpenSsh.start(temp.resolve("ssh"));
    try (var server = GitServer.start(temp.resolve("server"))) {
      server.createRepository("app").seed("main", Map.of("a.txt", "a\n"));
      url = ssh.url(server.path("app"));
    }
  }

  @AfterAll
  void stopSsh() {
    if (ssh != null) {
      ssh.close();
    }
  }

  private int branches(HostCredential... credentials) {
    var settings =
        GitSettings.of(new GitIdentity("A", "a@example.com")).withCredentials(credentials);
    return new JGitRepository(settings, Clock.systemUTC())
        .probe(RepositoryUrl.parse(url))
        .branches();
  }

  private PortException refusal(HostCredential... credentials) {
    return catchThrowableOfType(PortException.class, () -> branches(credentials));
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, ''",
    "ed25519, 256, correct horse battery",
    "rsa, 2048, ''",
    "rsa, 3072, correct horse battery",
    "ecdsa, 256, ''",
    "ecdsa, 521, correct horse battery",
  })
  void logInByOpenSshsOwnFormat(String type, String bits, String passphrase) throws Exception {
    Path key = ssh.authorizeNewKey(type, passphrase, "-b", bits);

    assertThat(branches(ssh.credential(key, passphrase))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"rsa, PEM", "ecdsa, PEM", "rsa, PKCS8", "ecdsa, PKCS8"})
  void logInByOlderFormats(String type, String format) throws Exception {
    Path key = ssh.authorizeNewKey(type, "", "-m", format);

    assertThat(branches(ssh.credential(key, ""))).isEqualTo(1);
  }

  @Test
  void logInByAnOldFormatWithAPassphrase() throws Exception {
    Path key = ssh.authorizeNewKey("rsa", PASSPHRASE, "-m", "PEM");

    assertThat(branches(ssh.credential(key, PASSPHRASE))).isEqualTo(1);
  }

  @Test
  void areOfNoUseWithAnotherPassphrase() throws Exception {
    Path key = ssh.authorizeNewKey("ed25519", PASSPHRASE);

    PortException failure = refusal(ssh.credential(key, "another one"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageNotContaining("another one");
  }

  private HostCredential agent(Path socket) throws IOException {
    return HostCredential.ssh(
        "127.0.0.1",
        new SshAccess(
            Optional.empty(),
            Optional.empty(),
            Optional.of(socket),
            Optional.of(ssh.knownHosts())));
  }

  /** A path outside the test's folder, as the paths of sockets must be short. */
  private static Path socket() throws IOException {
    return Files.createTempDirectory("agent").resolve("s");
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "rsa", "ecdsa"})
  void logInThroughAnAgent(String type) throws Exception {
    Path key = ssh.authorizeNewKey(type, "");
    Path socket = socket();
    Process agent = agentAt(socket);
    try {
      assertThat(refusal(agent(socket)).kind()).isEqualTo(FailureKind.UNAUTHORIZED);

      add(socket, key);

      assertThat(branches(agent(socket))).isEqualTo(1);
    } finally {
      SystemPrograms.end(agent);
    }
  }

  private static Process agentAt(Path socket) throws IOException {
    Process agent =
        new ProcessBuilder(
                SystemPrograms.require("ssh-agent").toString(), "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    SystemPrograms.await(agent, () -> isListening(socket));
    return agent;
  }

  /** The agent's socket is there some time before the agent listens to it. */
  private static boolean isListening(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void add(Path socket, Path key) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(SystemPrograms.require("ssh-add").toString(), "-q", key.toString())
            .redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    assertThat(builder.start().waitFor()).isZero();
  }

  @Test
  void areNotTakenFromAnAgentThatIsNotConfigured() throws Exception {
    Path key = ssh.authorizeNewKey("ed25519", "");
    Path socket = socket();
    Process agent = agentAt(socket);
    try {
      add(socket, key);
      Path unknown = Files.writeString(folder.resolve("no-key"), "");

      assertThat(refusal(ssh.credential(unknown, "")).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    } finally {
      SystemPrograms.end(agent);
    }
  }

  @Test
  void tellOfAnAgentThatIsNotThere() throws Exception {
    PortException failure = refusal(agent(Path.of("/nowhere/agent")));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }
}
