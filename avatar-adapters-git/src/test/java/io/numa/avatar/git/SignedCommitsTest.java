package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.SigningKey;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed commits on a server, verified by the programs that made the keys. */
class SignedCommitsTest {
  private static final String EMAIL = "avatar@example.com";
  private static final GitSettings PLAIN = GitSettings.of(new GitIdentity("Numa Avatar", EMAIL));
  private static final BranchName WORK = new BranchName("dev-1-work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static GitSettings signing(SigningKey key) {
    return PLAIN.withFeatures(GitFeatures.NONE.withSigningKey(key));
  }

  private static SigningKey key(Path file, String passphrase) {
    return new SigningKey(
        file,
        Optional.empty(),
        Optional.of(passphrase).filter(text -> !text.isEmpty()).map(Secret::new));
  }

  private CommitId push(SigningKey key) throws Exception {
    return push(key, "a\n");
  }

  private CommitId push(SigningKey key, String text) throws Exception {
    var repository = new JGitRepository(signing(key), Clock.systemUTC());
    repository.requireSigningKey();
    var request = new CheckoutRequest(url(), WORK, List.of(), temp.resolve("home"));
    try (WorkingCopy copy = repository.checkOut(request, progress -> {})) {
      Files.writeString(copy.directory().resolve("a.txt"), text);
      LocalCommit commit = stageAll(copy).commit("Zähle alles\n\nNuma-Task: 1\n");
      commit.push();
      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      return commit.id();
    }
  }

  private RepositoryUrl url() {
    return RepositoryUrl.parse(server.httpUrl("app"));
  }

  private static PortException refusal(SigningKey key) {
    var repository = new JGitRepository(signing(key), Clock.systemUTC());
    var failure = catchThrowableOfType(PortException.class, repository::requireSigningKey);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    return failure;
  }

  private Path sshKey(String type, String passphrase, String... more) throws Exception {
    Programs.assumeInstalled("ssh-keygen");
    Path file = temp.resolve("signing-" + type);
    String[] command = {
      "ssh-keygen",
      "-q",
      "-a",
      "1",
      "-t",
      type,
      "-C",
      EMAIL,
      "-N",
      passphrase,
      "-f",
      file.toString()
    };
    Programs.run(temp, concat(command, more));
    return file;
  }

  private static String[] concat(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  private Programs.Result verifySsh(Path publicKey, CommitId commit) throws Exception {
    Path signers =
        Files.writeString(
            temp.resolve("signers"), EMAIL + " namespaces=\"git\" " + Files.readString(publicKey));
    return Programs.tryOut(
        server.path("app"),
        Map.of(),
        "git",
        "-c",
        "gpg.ssh.allowedSignersFile=" + signers,
        "verify-commit",
        "-v",
        commit.value());
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, '', ''",
    "ed25519, pass phrase, ''",
    "ecdsa, '', ''",
    "ecdsa, '', '-b 521'",
    "rsa, '', ''",
    "rsa, s3cret, '-m PEM'"
  })
  void sshKeygenVerifiesWhatAnSshKeySigned(String type, String passphrase, String options)
      throws Exception {
    Path key = sshKey(type, passphrase, options.isEmpty() ? new String[0] : options.split(" "));

    CommitId commit = push(key(key, passphrase));

    Programs.Result verdict = verifySsh(Path.of(key + ".pub"), commit);
    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    assertThat(verdict.output()).contains("Good \"git\" signature for " + EMAIL);
  }

  /** For Gerrit, which needs the commits of two attempts combined into one. */
  @Test
  void signsACommitForReviewThatIsMadeOfSeveral() throws Exception {
    Path key = sshKey("ed25519", "");
    CommitId first = push(key(key, ""), "a\n");
    CommitId second = push(key(key, ""), "b\n");
    var repository = new JGitRepository(signing(key(key, "")), Clock.systemUTC());

    for (int i = 0; i < 2; i++) { // the same commit each time, for the same review
      try (var commit = repository.review(new PendingPush(url(), WORK, second), "Numa-Task")) {
        assertThat(commit.hasEarlierStates()).isTrue();
        assertThat(commit.push("refs/for/main", List.of()).taken()).isTrue();
      }
    }

    CommitId made = remote.refs("refs/for/").get("refs/for/main");
    assertThat(made).isNotIn(first, second);
    Programs.Result verdict = verifySsh(Path.of(key + ".pub"), made);
    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    assertThat(verdict.output()).contains("Good \"git\" signature for " + EMAIL);
  }

  @Test
  void sshKeygenRefusesACommitSignedWithAnotherKey() throws Exception {
    CommitId commit = push(key(sshKey("ed25519", ""), ""));

    assertThat(verifySsh(Path.of(sshKey("ecdsa", "") + ".pub"), commit).exitCode()).isNotZero();
  }

  /** A separate key ring, whose agent ends with the test. */
  private final class KeyRing implements AutoCloseable {
    private final Path home = Files.createDirectory(temp.resolve("gnupg"));
    private final Map<String, String> environment = Map.of("GNUPGHOME", home.toString());

    KeyRing() throws IOException {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      // By default, gpg makes the decryption of a key slow on purpose.
      Files.writeString(home.resolve("gpg-agent.conf"), "s2k-count 65536\n");
    }

    String gpg(String passphrase, String... command) throws Exception {
      String[] begin = {"gpg", "--batch", "--pinentry-mode=loopback", "--passphrase", passphrase};
      return Programs.run(temp, environment, concat(begin, command));
    }

    Path export(String passphrase) throws Exception {
      Path file = temp.resolve("signing.asc");
      gpg(passphrase, "--armor", "--output", file.toString(), "--export-secret-keys");
      return file;
    }

    Programs.Result verify(CommitId commit) throws Exception {
      return Programs.tryOut(
          server.path("app"), environment, "git", "verify-commit", commit.value());
    }

    @Override
    public void close() throws Exception {
      Programs.run(temp, environment, "gpgconf", "--kill", "gpg-agent");
    }
  }

  private KeyRing keyRing() throws Exception {
    Programs.assumeInstalled("gpg");
    Programs.assumeInstalled("gpgconf");
    return new KeyRing();
  }

  @ParameterizedTest
  @CsvSource({"ed25519, ''", "ed25519, pass phrase", "rsa2048, s3cret", "nistp256, ''"})
  void gpgVerifiesWhatAnOpenPgpKeySigned(String type, String passphrase) throws Exception {
    try (KeyRing ring = keyRing()) {
      ring.gpg(passphrase, "--quick-gen-key", "Numa Avatar <" + EMAIL + ">", type, "sign", "1y");

      CommitId commit = push(key(ring.export(passphrase), passphrase));

      Programs.Result verdict = ring.verify(commit);
      assertThat(verdict.exitCode()).as(verdict.output()).isZero();
      assertThat(verdict.output()).contains("Good signature from \"Numa Avatar");
    }
  }

  @Test
  void signsWithTheSubkeyThatIsMeantForIt() throws Exception {
    try (KeyRing ring = keyRing()) {
      ring.gpg("", "--quick-gen-key", "Numa Avatar <" + EMAIL + ">", "ed25519", "cert", "1y");
      String listed = ring.gpg("", "--with-colons", "--list-secret-keys");
      String fingerprint = listed.lines().filter(l -> l.startsWith("fpr:")).findFirst().get();
      String main = fingerprint.split(":", -1)[9];
      ring.gpg("", "--quick-add-key", main, "cv25519", "encr", "1y");
      ring.gpg("", "--quick-add-key", main, "ed25519", "sign", "1y");
      Path file = temp.resolve("subkeys.asc");
      ring.gpg("", "--armor", "--output", file.toString(), "--export-secret-subkeys");

      Programs.Result verdict = ring.verify(push(key(file, "")));

      assertThat(verdict.exitCode()).as(verdict.output()).isZero();
      assertThat(verdict.output()).contains("Good signature from \"Numa Avatar");
    }
  }

  @Test
  void refusesAnOpenPgpKeyThatMayNotSign() throws Exception {
    try (KeyRing ring = keyRing()) {
      ring.gpg("", "--quick-gen-key", "Numa Avatar <" + EMAIL + ">", "ed25519", "cert", "1y");

      assertThat(refusal(key(ring.export(""), ""))).hasMessageContaining("may sign");
    }
  }

  @Test
  void saysWhyAKeyIsOfNoUse() throws Exception {
    Path locked = sshKey("ed25519", "s3cret");
    Path text = Files.writeString(temp.resolve("text"), "no key\n");

    assertThat(refusal(key(temp.resolve("nowhere"), ""))).hasMessageContaining("no such file");
    assertThat(refusal(key(text, ""))).hasMessageContaining("holds no private SSH key");
    assertThat(refusal(key(locked, ""))).hasMessageContaining("needs git.signing_passphrase");
    assertThat(refusal(key(locked, "wr0ng")))
        .hasMessageContaining("git.signing_passphrase is wrong")
        .hasMessageNotContaining("wr0ng");
    assertThat(refusal(key(Path.of(locked + ".pub"), ""))).hasMessageContaining("private SSH key");
    assertThat(
            refusal(
                new SigningKey(locked, Optional.of(SigningKey.Format.OPENPGP), Optional.empty())))
        .hasMessageContaining("no secret OpenPGP key");
  }

  @Test
  void saysWhichPassphraseDoesNotOpenAnOpenPgpKey() throws Exception {
    try (KeyRing ring = keyRing()) {
      ring.gpg("right", "--quick-gen-key", "A <" + EMAIL + ">", "ed25519", "sign", "1y");
      Path file = ring.export("right");

      assertThat(refusal(key(file, "wr0ng"))).hasMessageContaining("does not open it");
      assertThat(refusal(key(file, ""))).hasMessageContaining("needs git.signing_passphrase");
    }
  }
}
