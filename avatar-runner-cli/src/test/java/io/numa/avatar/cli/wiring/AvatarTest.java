package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.ProxyLogin;
import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.git.settings.SigningKey;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvatarTest {
  private static final String MINIMAL =
      """
      backend:
        url: "http://localhost:7301"
        api_token: "a-token"
      git:
        username: "Ada"
        email: "ada@example.com"
      avatar:
        id: "avatar_001"
        name: "Developer Avatar"
        workspace: work
      polling:
        interval: 5
      """;

  @TempDir Path folder;

  @Test
  void connectedHasAllItsParts() throws IOException {
    try (var avatar = Avatar.connected(setup(MINIMAL))) {
      assertThat(avatar.worker()).isNotNull().isSameAs(avatar.worker());
      assertThat(avatar.runner()).isNotNull().isSameAs(avatar.runner());
      assertThat(avatar.repository()).isNotNull().isSameAs(avatar.repository());
      assertThat(avatar.backend()).isNotNull().isSameAs(avatar.backend());
      assertThat(avatar.processControl().description()).isNotBlank();
    }
  }

  @Test
  void aloneHasNoWorkerAndNoBackend() throws IOException {
    try (var avatar = Avatar.alone(setup(MINIMAL), task())) {
      assertThat(avatar.runner()).isNotNull();
      assertThat(avatar.repository()).isNotNull();
      assertThatThrownBy(avatar::worker).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(avatar::backend).isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void aBudgetThatIsUsedUpIsToldOnceAlsoAfterARestart() throws Exception {
    Path told = folder.resolve("told");
    String text =
        MINIMAL
            + """
            agents:
              budget: {day: 0}
              available:
                - name: q
                  preset: qwen
                  model: m
                  api: {base_url: "http://localhost:1/v1", key: k3y}
              prices: {m: {input: 1, output: 2}}
            notify:
              - {command: [/bin/sh, -c, "cat >> %s"], on: [budget]}
            """
                .formatted(told);

    for (int process = 0; process < 2; process++) {
      try (var avatar = Avatar.connected(setup(text))) {
        avatar.notices().start();
        assertThat(avatar.agents().usedBudget()).isPresent();
        assertThat(avatar.worker().unready())
            .extracting(Waiting::kind)
            .contains(Waiting.Kind.BUDGET);
        awaitText(told);
      }
    }

    assertThat(Files.readString(told).lines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("\"events\":[\"budget\"]", "The agents' budget for the day"));
  }

  private static void awaitText(Path file) throws Exception {
    var waiter = new Waiter();
    for (int i = 0; i < 1_500 && (!Files.exists(file) || Files.size(file) == 0); i++) {
      boolean ignored = waiter.pause(Duration.ofMillis(20));
    }
  }

  @Test
  void gitReceivesAuthorCredentialsAccessAndTimeout() throws IOException {
    Configuration configuration =
        configuration(
            MINIMAL.replace(
                "  email: \"ada@example.com\"\n",
                """
                  email: "ada@example.com"
                  timeout: 7s
                  depth: 100
                  parallel_index: false
                  sparse: [src/]
                  signing_key: sign
                  signing_format: ssh
                  signing_passphrase: p2
                  allowed_urls: ["https://git.example.com/acme/*"]
                  allowed_networks: [10.0.0.0/8]
                  proxy: "http://proxy:3128"
                  proxy_username: ada
                  proxy_password: p3
                  no_proxy: [other.example.com]
                  credentials:
                    - {host: git.example.com:8443, service: gitlab, username: bot, token: t1, allow_insecure_http: true}
                    - {host: ssh.example.com, ssh_key: id, passphrase: p1, known_hosts: hosts}
                """));

    GitSettings settings =
        GitModule.settings(
            configuration.git(), Map.of("SSH_AUTH_SOCK", "/run/agent", "PATH", "/bin"));

    assertThat(settings)
        .isEqualTo(
            GitSettings.of(new GitIdentity("Ada", "ada@example.com"))
                .withCredentials(
                    new HostCredential(
                        "git.example.com:8443",
                        Optional.of(HostingService.GITLAB),
                        Optional.of("bot"),
                        Optional.of(new TokenSource.Given(new Secret("t1"))),
                        SshAccess.NONE,
                        true),
                    HostCredential.ssh(
                        "ssh.example.com",
                        new SshAccess(
                            Optional.of(folder.resolve("id")),
                            Optional.of(new Secret("p1")),
                            Optional.empty(),
                            Optional.of(folder.resolve("hosts")))))
                .withTimeout(Duration.ofSeconds(7))
                .withDepth(100)
                .withParallelIndex(false)
                .withFeatures(
                    new GitFeatures(
                        Optional.of(
                            new SigningKey(
                                folder.resolve("sign"),
                                Optional.of(SigningKey.Format.SSH),
                                Optional.of(new Secret("p2")))),
                        true,
                        false,
                        new SparseCone(Set.of("src"))))
                .withAccess(
                    GitAccess.open()
                        .withRedactor(settings.access().redactor())
                        .withAllowed(AllowedUrls.of(List.of("https://git.example.com/acme/*")))
                        .withNetworks(
                            ReachableNetworks.ANY.withAllowed(
                                AllowedNetworks.of(List.of("10.0.0.0/8"))))
                        .withNetwork(
                            HttpNetwork.DIRECT
                                .withProxy(
                                    InetSocketAddress.createUnresolved("proxy", 3128),
                                    List.of("other.example.com"))
                                .withLogin(new ProxyLogin("ada", new Secret("p3"))))));
  }

  @Test
  void tasksOfABackendMayNotUseRepositoriesOfThisMachine() throws IOException {
    for (String url : List.of("/srv/app.git", "file:///srv/app.git")) {
      try (var avatar = Avatar.connected(setup(MINIMAL))) {
        assertThatThrownBy(() -> avatar.repository().probe(RepositoryUrl.parse(url)))
            .hasMessage("could not reach '%s': git.allowed_urls does not allow it", url);
      }
    }
  }

  @Test
  void backendReceivesTokenAvatarAndWords() throws IOException {
    Configuration configuration =
        configuration(
            MINIMAL
                + "status:\n  words: {todo: open, in_progress: busy, done: ok, failed: bad,"
                + " cancelled: dropped}\n");

    BackendSettings settings = BackendModule.settings(configuration);

    assertThat(settings)
        .isEqualTo(
            BackendSettings.of(URI.create("http://localhost:7301"), new AvatarId("avatar_001"))
                .withRedactor(settings.redactor())
                .withApiToken(new Secret("a-token"))
                .withWords(new StatusWords("open", "busy", "ok", "bad", "dropped")));
  }

  @Test
  void setupDoesNotShowTheEnvironment() throws IOException {
    var setup =
        new Setup(
            configuration(MINIMAL),
            RunListener.NONE,
            Delivery.KEEP,
            OptionalInt.empty(),
            Map.of("PASSWORD", "hunter2"));

    assertThat(setup.toString()).doesNotContain("hunter2").doesNotContain("a-token");
  }

  private Setup setup(String config) throws IOException {
    return new Setup(
        configuration(config),
        RunListener.NONE,
        Delivery.KEEP,
        OptionalInt.of(1),
        Map.of("PATH", "/bin"));
  }

  private Configuration configuration(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), text);
    return ConfigLoader.load(file, Map.of(), Map.of(), Purpose.RUN).configuration();
  }

  private static SingleTask task() {
    var project =
        new Application(
            new ApplicationId("1"),
            "shop",
            RepositoryUrl.parse("https://git.example.com/shop.git"),
            Optional.empty(),
            Optional.empty());
    return new SingleTask(
        Task.of(
            new TaskId("1"),
            "Count",
            project.id(),
            new BranchName("dev-1"),
            new PlanSource.Prose("Count.")),
        project);
  }
}
