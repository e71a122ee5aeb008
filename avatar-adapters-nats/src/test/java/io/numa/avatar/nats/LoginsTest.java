package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nats.client.NKey;
import io.numa.avatar.nats.settings.NatsLogin;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.testkit.queue.NatsServer;
import io.numa.avatar.time.TimeSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each login, and TLS, at a server that demands it. */
@Execution(ExecutionMode.CONCURRENT)
class LoginsTest {
  private static final Set<String> PLANS = Set.of("plan");
  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final String WORD = "pass-word-of-the-test";

  @TempDir private Path folder;

  private static NatsSettings settings(NatsServer server) {
    return NatsSettings.of(server.url(), "backend", new AvatarId("one"));
  }

  private static void assertAccepted(NatsSettings settings) throws Exception {
    try (var queue = new NatsQueue(settings, TimeSource.SYSTEM)) {
      assertThat(queue.take(PLANS, AT_ONCE)).isEmpty();
    }
  }

  private static <T extends PortException> T refusal(Class<T> kind, NatsSettings settings) {
    try (var queue = new NatsQueue(settings, TimeSource.SYSTEM)) {
      T failure = catchThrowableOfType(kind, () -> queue.take(PLANS, AT_ONCE));
      assertThat(failure).isNotNull();
      assertThat(failure.getMessage()).doesNotContain(WORD);
      return failure;
    }
  }

  @Test
  void logsInWithAToken() throws Exception {
    try (var server = Programs.server(folder, "--auth", WORD)) {
      assertAccepted(settings(server).withLogin(new NatsLogin.Token(new Secret(WORD))));
      refusal(
          UnauthorizedException.class,
          settings(server).withLogin(new NatsLogin.Token(new Secret("another"))));
      assertThat(refusal(UnauthorizedException.class, settings(server)))
          .hasMessageStartingWith("could not log in to the queue");
    }
  }

  @Test
  void logsInWithAPassword() throws Exception {
    try (var server = Programs.server(folder, "--user", "avatar", "--pass", WORD)) {
      assertAccepted(
          settings(server).withLogin(new NatsLogin.Password("avatar", new Secret(WORD))));
      refusal(
          UnauthorizedException.class,
          settings(server).withLogin(new NatsLogin.Password("avatar", new Secret("another"))));
    }
  }

  @Test
  void logsInWithAnNkey() throws Exception {
    NKey user = NKey.createUser(null);
    Path config =
        write(
            "server.conf",
            "authorization { users = [ { nkey: " + text(user.getPublicKey()) + " } ] }");
    Path seed = write("avatar.nk", text(user.getSeed()) + "\n");
    Path other = write("other.nk", text(NKey.createUser(null).getSeed()));

    try (var server = Programs.server(folder, "-c", config.toString())) {
      assertAccepted(settings(server).withLogin(new NatsLogin.NkeyFile(seed)));
      refusal(
          UnauthorizedException.class, settings(server).withLogin(new NatsLogin.NkeyFile(other)));
      Path missing = folder.resolve("missing.nk");
      assertThat(
              refusal(
                  UnauthorizedException.class,
                  settings(server).withLogin(new NatsLogin.NkeyFile(missing))))
          .hasMessageContaining("missing.nk");
    }
  }

  @Test
  void logsInWithCredentials() throws Exception {
    var operator = new JwtOperator();
    Path config = write("server.conf", operator.serverConfiguration());
    Path credentials = write("avatar.creds", operator.credentials());
    Path other = write("other.creds", new JwtOperator().credentials());

    try (var server = Programs.server(folder, "-c", config.toString())) {
      assertAccepted(settings(server).withLogin(new NatsLogin.CredentialsFile(credentials)));
      refusal(
          UnauthorizedException.class,
          settings(server).withLogin(new NatsLogin.CredentialsFile(other)));
    }
  }

  @Test
  void tellsThatAPermissionIsMissing() throws Exception {
    Path config =
        write(
            "server.conf",
            "authorization { users = [ { user: avatar, password: "
                + WORD
                + ", permissions: { publish: { deny: [\"$JS.API.STREAM.>\"] } } } ] }");
    try (var server = Programs.server(folder, "-c", config.toString())) {
      var login = new NatsLogin.Password("avatar", new Secret(WORD));
      assertThat(refusal(UnauthorizedException.class, settings(server).withLogin(login)))
          .hasMessageContaining("$JS.API.STREAM.INFO");
    }
  }

  @Test
  void connectsByTlsToAServerWhoseNameIsInItsCertificate() throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    Programs.certificate(certificate, key, "DNS:localhost");

    try (var server =
        Programs.server(
            folder, "--tls", "--tlscert", certificate.toString(), "--tlskey", key.toString())) {
      NatsSettings tls = settings(server).withUrls(List.of(url("tls://localhost", server)));

      assertAccepted(tls.withCaFile(certificate));
      assertThat(refusal(PortException.class, tls)).hasMessageContaining("PKIX");
      var other = tls.withUrls(List.of(url("tls://127.0.0.1", server))).withCaFile(certificate);
      assertThat(refusal(PortException.class, other)).hasMessageContaining("subject alternative");
      refusal(PortException.class, settings(server));
    }
  }

  @Test
  void demandsTlsOfAServerWithoutIt() throws Exception {
    try (var server = Programs.server(folder)) {
      refusal(
          PortException.class, settings(server).withUrls(List.of(url("tls://localhost", server))));
    }
  }

  private static URI url(String host, NatsServer server) {
    return URI.create(host + ":" + server.port());
  }

  private Path write(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content, UTF_8);
  }

  private static String text(char[] value) {
    return new String(value);
  }
}
