package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.numa.avatar.cli.config.Configuration.Avatar;
import io.numa.avatar.cli.config.Configuration.Backend;
import io.numa.avatar.cli.config.Configuration.Cancellation;
import io.numa.avatar.cli.config.Configuration.Guard;
import io.numa.avatar.cli.config.Configuration.History;
import io.numa.avatar.cli.config.Configuration.Logs;
import io.numa.avatar.cli.config.Configuration.Polling;
import io.numa.avatar.cli.config.Configuration.Shutdown;
import io.numa.avatar.cli.config.Configuration.Status;
import io.numa.avatar.cli.config.Configuration.Words;
import io.numa.avatar.cli.config.Configuration.Workspace;
import io.numa.avatar.cli.config.telemetry.TelemetrySection;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  static final String EVERY_KEY =
      """
      backend:
        url: https://numa.example.com/base/
        api_token: t0ken
        allow_insecure_http: true
        api: v1
        assigned_to: 7
        explain: description
      git:
        username: Bot
        email: bot@example.com
        credentials:
          - {host: GitHub.com, token: "gh-t0ken"}
          - host: git.example.com:8443
            service: gitea
            username: deploy
            password: pa55
            api_url: https://api.example.com/v4/
            api_token: api-t0ken
            allow_insecure_http: true
          - host: ssh.example.com
            token_command: [/usr/bin/pass, show, git]
            ssh_key: ~/.ssh/id_ed25519
            passphrase: se5ame
            known_hosts: known_hosts
        timeout: 30
        depth: 50
        allow_default_branch: true
        parallel_index: false
        change_request: draft
        change_request_labels: [avatar, "for review"]
        change_request_reviewers: [ada, team/web]
        follow_up: {reviews: true, attempts: 5, from: [ada], interval: 60}
        signing_key: signing.asc
        signing_format: openpgp
        signing_passphrase: s1gn
        lfs: false
        submodules: true
        sparse: [src/app, docs]
        allowed_urls: ["https://github.com/acme/*", /srv/git/*]
        allowed_networks: [10.0.0.0/8, git.corp.example]
        proxy: http://proxy.example.com:3128
        proxy_username: " ada "
        proxy_password: pr0xy
        no_proxy: [git.example.com, .intern]
      avatar:
        id: a1
        name: Ada
        workspace: work
        state_dir: /var/lib/avatar
        log_dir: ~/logs
        topic_name: chores
        concurrency: 4
      logs:
        file: avatar.log
        max_size: 1MiB
        keep: 3
      history: {keep: 2h, max_size: 3MiB}
      polling:
        interval: 500ms
        wait: 0
      queue:
        url: nats://one:4222,tls://two:4222
        topic: chores
        routes: [plan, java]
        stream: TASKS
        replicas: 3
        consumer: team
        ack_wait: 30s
        max_attempts: 7
        expire_after: 2d
        limits: {per_repository: 3}
        mode: whole
        backend: numa
        ca_file: ca.pem
        username: avatar
        password_file: queue.password
      execution:
        step_timeout: 1m
        test_timeout: 2h
        test_baseline: true
        test_fail_on: new
        task_timeout: 1d
        stage_timeout: 3h
        stall_timeout: 5m
        max_attempts: 5
        log_quota: 9MiB
        repairs: 4
        test_dilution: fail
        environment: [JAVA_HOME, CI]
        secrets: ["hush"]
      guard:
        protected_paths: [".github/workflows/**"]
        max_files: 7
        max_file_size: 2MB
        max_change_size: 3GiB
      cancellation:
        interval: 1.5
      status:
        words:
          todo: open
          in_progress: busy
          done: closed
          failed: broken
          cancelled: dropped
      workspace:
        keep_failed: 12h
        min_free: 7MiB
        keep_caches: true
        max_size: 5GiB
      shutdown:
        drain: 90s
      server:
        listen: "[::1]:7302"
        token_file: op.token
        hosts: [avatar.example.com]
      telemetry:
        otlp:
          url: "http://otlp.example.com:4318"
          headers: {Authorization: "Bearer trac3s"}
          allow_insecure_http: true
      sandbox:
        profile: {run: isolated, test: offline, agent: egress}
        minimum: {run: process, test: isolated, agent: offline}
        registries:
          - {kind: maven, url: "https://nexus.example.com/maven", username: ci, password: n3xus}
        allow: [db.example.com:5432]
        tools: [/opt/node]
        caches: [~/.m2/repository]
        limits: {processes: 100, memory: 1GiB, tmp: 2GiB, tree: 3GiB, file: 4GiB, homes: 5GiB}
        repositories:
          - {url: "https://git.example.com/legacy/*", profile: process, allow: [old.example.com:80]}
      agents:
        default: house
        available:
          - name: qwen
            preset: qwen
            model: qwen3-coder-plus
            api: {base_url: "https://llm.example.com/v1/", key: "llm-k3y"}
            models: [qwen3-coder-plus, qwen3-small]
            environment: {CI: "true"}
            secrets: {NPM_TOKEN: "npm-t0ken"}
            permissions: {deny: [fetch, delete]}
            trust_repository: true
            concurrency: 3
            limits: {time: 20m, silence: 5m, tool: 2h, startup: 30s, turns: 40, tokens: 5000000, cost: 5.00}
          - {name: house, protocol: acp, command: [/opt/agents/house, --acp]}
        prices:
          qwen3-coder-plus: {input: 1.0, cached: 0.1, cache_write: 1.25, output: 5}
          qwen3-small: {input: 0.2, output: 0.8}
        record: true
      review: {agent: qwen, action: fail}
      """;

  private static final AgentsSection.Budget NO_BUDGET =
      new AgentsSection.Budget(Optional.empty(), Optional.empty());

  private static final AgentEntry QWEN =
      new AgentEntry(
          "qwen",
          Optional.of("qwen"),
          Optional.empty(),
          List.of(),
          Optional.of("qwen3-coder-plus"),
          new AgentEntry.Api(
              URI.create("https://llm.example.com/v1"),
              Optional.of(new Secret("llm-k3y")),
              Optional.empty(),
              null,
              false),
          List.of("qwen3-coder-plus", "qwen3-small"),
          Map.of("CI", new Secret("true")),
          Map.of("NPM_TOKEN", new Secret("npm-t0ken")),
          new AgentEntry.Permissions(List.of("fetch", "delete")),
          true,
          3,
          new AgentEntry.Limits(
              Duration.ofMinutes(20),
              Duration.ofMinutes(5),
              Duration.ofHours(2),
              Duration.ofSeconds(30),
              40,
              Optional.of(5_000_000),
              Optional.of(new BigDecimal("5"))));

  private static final AgentEntry HOUSE =
      new AgentEntry(
          "house",
          Optional.empty(),
          Optional.of("acp"),
          List.of("/opt/agents/house", "--acp"),
          Optional.empty(),
          null,
          List.of(),
          Map.of(),
          Map.of(),
          new AgentEntry.Permissions(List.of()),
          false,
          2,
          new AgentEntry.Limits(
              Duration.ofMinutes(30),
              Duration.ofMinutes(10),
              Duration.ofMinutes(60),
              Duration.ofSeconds(90),
              100,
              Optional.empty(),
              Optional.empty()));

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = new Workbench(folder).file("queue.password", "qu3ue\n");
  }

  @Test
  void readsEveryKey() {
    bench.config(EVERY_KEY);

    assertThat(bench.read(Purpose.RUN).configuration())
        .isEqualTo(
            new Configuration(
                new Backend(
                    Optional.of(URI.create("https://numa.example.com/base")),
                    Optional.of(new Secret("t0ken")),
                    Optional.empty(),
                    true,
                    "v1",
                    Optional.of("7"),
                    "description"),
                new GitSection(
                    "Bot",
                    "bot@example.com",
                    List.of(
                        new Credential(
                            "GitHub.com",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Secret("gh-t0ken")),
                            Optional.empty(),
                            null,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false),
                        new Credential(
                            "git.example.com:8443",
                            Optional.of(HostingService.GITEA),
                            Optional.of("deploy"),
                            Optional.empty(),
                            Optional.empty(),
                            null,
                            Optional.of(new Secret("pa55")),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            Optional.empty(),
                            Optional.of(URI.create("https://api.example.com/v4")),
                            Optional.of(new Secret("api-t0ken")),
                            Optional.empty(),
                            true),
                        new Credential(
                            "ssh.example.com",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of("/usr/bin/pass", "show", "git"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Path.of("/home/me/.ssh/id_ed25519")),
                            Optional.of(new Secret("se5ame")),
                            Optional.empty(),
                            false,
                            Optional.of(folder.resolve("known_hosts")),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false)),
                    Duration.ofSeconds(30),
                    50,
                    true,
                    false,
                    "draft",
                    List.of("avatar", "for review"),
                    List.of("ada", "team/web"),
                    new GitSection.FollowUp(true, false, 5, List.of("ada"), Duration.ofSeconds(60)),
                    Optional.of(folder.resolve("signing.asc")),
                    Optional.of("openpgp"),
                    Optional.of(new Secret("s1gn")),
                    Optional.empty(),
                    false,
                    true,
                    List.of("src/app", "docs"),
                    List.of("https://github.com/acme/*", "/srv/git/*"),
                    List.of("10.0.0.0/8", "git.corp.example"),
                    Optional.empty(),
                    Optional.of(URI.create("http://proxy.example.com:3128")),
                    Optional.of("ada"),
                    Optional.of(new Secret("pr0xy")),
                    Optional.empty(),
                    List.of("git.example.com", ".intern")),
                new Avatar(
                    "a1",
                    "Ada",
                    folder.resolve("work"),
                    Path.of("/var/lib/avatar"),
                    Path.of("/home/me/logs"),
                    "chores",
                    4),
                new Logs("text", Optional.of(folder.resolve("avatar.log")), 1L << 20, 3),
                new History(Duration.ofHours(2), 3L << 20),
                new Polling(Duration.ofMillis(500), Duration.ZERO),
                new QueueSection(
                    Optional.of("nats://one:4222,tls://two:4222"),
                    "chores",
                    List.of("plan", "java"),
                    "TASKS",
                    3,
                    "team",
                    Duration.ofSeconds(30),
                    7,
                    Duration.ofDays(2),
                    new QueueSection.Limits(3),
                    "whole",
                    Optional.of("numa"),
                    Optional.of(folder.resolve("ca.pem")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("avatar"),
                    Optional.of(
                        new SecretFile(folder.resolve("queue.password"), new Secret("qu3ue")))),
                new ExecutionSection(
                    Duration.ofMinutes(1),
                    Duration.ofHours(2),
                    true,
                    "new",
                    Duration.ofDays(1),
                    Duration.ofHours(3),
                    Duration.ofMinutes(5),
                    5,
                    9L << 20,
                    4,
                    "fail",
                    List.of("JAVA_HOME", "CI"),
                    List.of(new Secret("hush"))),
                new Guard(List.of(".github/workflows/**"), 7, 2_000_000L, 3L << 30),
                new Workspace(Duration.ofHours(12), 7L << 20, true, 5L << 30),
                new Cancellation(Duration.ofMillis(1500)),
                new Status(new Words("open", "busy", "closed", "broken", "dropped")),
                new Shutdown(Duration.ofSeconds(90)),
                new ServerSection(
                    Optional.of(new HostAndPort("0:0:0:0:0:0:0:1", 7302)),
                    Optional.of(folder.resolve("op.token")),
                    List.of("avatar.example.com")),
                new TelemetrySection(
                    new TelemetrySection.Otlp(
                        Optional.of(URI.create("http://otlp.example.com:4318")),
                        Map.of("Authorization", new Secret("Bearer trac3s")),
                        true)),
                new SandboxSection(
                    new SandboxSection.Profiles(
                        SandboxProfile.ISOLATED, SandboxProfile.OFFLINE, SandboxProfile.EGRESS),
                    new SandboxSection.Minimum(
                        SandboxProfile.PROCESS, SandboxProfile.ISOLATED, SandboxProfile.OFFLINE),
                    List.of(
                        new SandboxSection.Registry(
                            "maven",
                            Optional.of(URI.create("https://nexus.example.com/maven")),
                            Optional.of("ci"),
                            Optional.of(new Secret("n3xus")),
                            Optional.empty(),
                            false)),
                    List.of(new HostAndPort("db.example.com", 5432)),
                    List.of(Path.of("/opt/node")),
                    List.of(Path.of("/home/me/.m2/repository")),
                    new SandboxSection.Limits(
                        100, Optional.of(1L << 30), 2L << 30, 3L << 30, 4L << 30, 5L << 30),
                    List.of(
                        new SandboxSection.RepositoryRule(
                            "https://git.example.com/legacy/*",
                            Optional.of(SandboxProfile.PROCESS),
                            List.of(new HostAndPort("old.example.com", 80))))),
                new AgentsSection(
                    Optional.of("house"),
                    List.of(QWEN, HOUSE),
                    Optional.empty(),
                    Map.of(
                        "qwen3-coder-plus",
                        new AgentsSection.Price(
                            new BigDecimal("1"),
                            Optional.of(new BigDecimal("0.1")),
                            Optional.of(new BigDecimal("1.25")),
                            new BigDecimal("5")),
                        "qwen3-small",
                        new AgentsSection.Price(
                            new BigDecimal("0.2"),
                            Optional.empty(),
                            Optional.empty(),
                            new BigDecimal("0.8"))),
                    NO_BUDGET,
                    true),
                new AgentsSection.Review(Optional.of("qwen"), Optional.of("fail")),
                List.of()));
  }

  @Test
  void saysWhatKeysMeanTogether() {
    bench.config(EVERY_KEY);

    Configuration configuration = bench.load();

    assertThat(configuration.backend().token()).contains(new Secret("t0ken"));
    assertThat(configuration.git().passphraseOfSigningKey()).contains(new Secret("s1gn"));
    assertThat(configuration.git().passwordOfProxy()).contains(new Secret("pr0xy"));
    assertThat(configuration.execution().testPolicy())
        .isEqualTo(policy(Optional.of(true), FailOn.NEW, Dilution.FAIL));
    assertThat(configuration.agents().inOrder())
        .extracting(AgentEntry::name)
        .containsExactly("house", "qwen");
    assertThat(QWEN.models()).containsExactlyInAnyOrder("qwen3-coder-plus", "qwen3-small");
    assertThat(configuration.secrets())
        .contains(new Secret("llm-k3y"), new Secret("npm-t0ken"))
        .doesNotContain(new Secret("true"));
    assertThat(configuration.git().credentials())
        .extracting(
            Credential::address,
            Credential::hostName,
            Credential::tokenSource,
            Credential::secret,
            Credential::passphraseOfSshKey,
            Credential::tokenOfApi)
        .containsExactly(
            tuple(
                "github.com",
                "github.com",
                Optional.of(new TokenSource.Given(new Secret("gh-t0ken"))),
                Optional.of(new Secret("gh-t0ken")),
                Optional.empty(),
                Optional.empty()),
            tuple(
                "git.example.com:8443",
                "git.example.com",
                Optional.of(new TokenSource.Given(new Secret("pa55"))),
                Optional.of(new Secret("pa55")),
                Optional.empty(),
                Optional.of(new Secret("api-t0ken"))),
            tuple(
                "ssh.example.com",
                "ssh.example.com",
                Optional.of(new TokenSource.ByCommand(List.of("/usr/bin/pass", "show", "git"))),
                Optional.empty(),
                Optional.of(new Secret("se5ame")),
                Optional.empty()));
  }

  @Test
  void readsTheMissionsFileAndPutsDefaultsForTheRest() {
    bench.config(Workbench.MINIMAL);

    assertThat(bench.read(Purpose.RUN).configuration())
        .isEqualTo(
            new Configuration(
                new Backend(
                    Optional.of(URI.create("http://localhost:7301")),
                    Optional.of(new Secret("your_api_token")),
                    Optional.empty(),
                    false,
                    "auto",
                    Optional.empty(),
                    "off"),
                new GitSection(
                    "your_git_username",
                    "your_email@example.com",
                    List.of(),
                    Duration.ofSeconds(60),
                    0,
                    false,
                    true,
                    "none",
                    List.of(),
                    List.of(),
                    new GitSection.FollowUp(false, false, 3, List.of(), Duration.ofMinutes(2)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    false,
                    List.of(),
                    List.of("https://*", "http://*", "ssh://*"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()),
                new Avatar(
                    "avatar_001",
                    "Developer Avatar",
                    folder.resolve("workspace"),
                    folder.resolve("state"),
                    folder.resolve("logs"),
                    "tasks",
                    1),
                new Logs("text", Optional.empty(), 10L << 20, 5),
                new History(Duration.ofDays(30), 2L << 30),
                new Polling(Duration.ofSeconds(5), Duration.ofSeconds(50)),
                new QueueSection(
                    Optional.empty(),
                    "tasks",
                    List.of("plan", "prose"),
                    "NUMA_TASKS",
                    1,
                    "avatars",
                    Duration.ofSeconds(60),
                    5,
                    Duration.ZERO,
                    new QueueSection.Limits(2),
                    "ids",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                new ExecutionSection(
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    false,
                    "any",
                    Duration.ofHours(2),
                    Duration.ofHours(2),
                    Duration.ofMinutes(20),
                    3,
                    256L << 20,
                    2,
                    "report",
                    List.of(),
                    List.of()),
                new Guard(List.of(), 10_000, 100L << 20, 1L << 30),
                new Workspace(Duration.ZERO, 512L << 20, false, 20L << 30),
                new Cancellation(Duration.ofSeconds(10)),
                new Status(new Words("todo", "in_progress", "done", "failed", "cancelled")),
                new Shutdown(Duration.ofMinutes(5)),
                new ServerSection(Optional.empty(), Optional.empty(), List.of()),
                new TelemetrySection(new TelemetrySection.Otlp(Optional.empty(), Map.of(), false)),
                new SandboxSection(
                    new SandboxSection.Profiles(
                        SandboxProfile.EGRESS, SandboxProfile.EGRESS, SandboxProfile.EGRESS),
                    new SandboxSection.Minimum(
                        SandboxProfile.OFF, SandboxProfile.OFF, SandboxProfile.ISOLATED),
                    List.of(
                        new SandboxSection.Registry(
                            "auto",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    new SandboxSection.Limits(
                        512, Optional.empty(), 1L << 30, 10L << 30, 2L << 30, 20L << 30),
                    List.of()),
                new AgentsSection(
                    Optional.empty(), List.of(), Optional.empty(), Map.of(), NO_BUDGET, false),
                new AgentsSection.Review(Optional.empty(), Optional.empty()),
                List.of()));
    assertThat(bench.load().execution().testPolicy())
        .isEqualTo(policy(Optional.empty(), FailOn.ANY, Dilution.REPORT));
  }

  private static TestPolicy policy(Optional<Boolean> baseline, FailOn failOn, Dilution dilution) {
    return new TestPolicy(
        baseline, Optional.of(failOn), RepairPolicy.UNSAID, Optional.of(dilution));
  }

  @Test
  void callsTheAvatarByItsIdWhereItHasNoName() {
    bench.config("avatar: {id: a7}");

    assertThat(bench.load().avatar().name()).isEqualTo("a7");
  }

  @Test
  void takesEachValueFromTheUppermostSourceThatHasIt() {
    bench
        .config("avatar: {id: file, name: file, topic_name: file, workspace: file}")
        .file("config.local.yaml", "avatar: {id: local, name: local, topic_name: local}")
        .variable("AVATAR_AVATAR__ID", "environment")
        .variable("AVATAR_AVATAR__NAME", "environment")
        .flag("avatar.id", "flag");

    Avatar avatar = bench.load().avatar();

    assertThat(List.of(avatar.id(), avatar.name(), avatar.topicName()))
        .containsExactly("flag", "environment", "local");
    assertThat(avatar.workspace()).isEqualTo(folder.resolve("file"));
  }

  /** It was split at its commas, into one glob with brackets, which protected nothing. */
  @Test
  void takesAListOfTextsFromTheEnvironmentAsJsonToo() {
    bench
        .variable("AVATAR_BACKEND__URL", "https://numa.example.com")
        .variable("AVATAR_GUARD__PROTECTED_PATHS", " [\"locked/**\", \"a,b\"]")
        .variable("AVATAR_EXECUTION__ENVIRONMENT", "[\"CI\"]");

    Configuration configuration = bench.load();

    assertThat(configuration.guard().protectedPaths()).containsExactly("locked/**", "a,b");
    assertThat(configuration.execution().environment()).containsExactly("CI");
  }

  @Test
  void takesEveryKindOfValueFromTheEnvironment() {
    bench
        .config("git: {credentials: [{host: a.example.com, token: a}]}")
        .variable("AVATAR_BACKEND__URL", "https://numa.example.com")
        .variable("AVATAR_BACKEND__API_TOKEN", "s3 ${cret")
        .variable("AVATAR_GIT__CREDENTIALS", "[{\"host\": \"b.example.com\", \"token\": \"b\"}]")
        .variable("AVATAR_AVATAR__CONCURRENCY", "3")
        .variable("AVATAR_BACKEND__ALLOW_INSECURE_HTTP", "true")
        .variable("AVATAR_POLLING__INTERVAL", "2m")
        .variable("AVATAR_POLLING__WAIT", "7")
        .variable("AVATAR_EXECUTION__ENVIRONMENT", "JAVA_HOME, CI")
        .variable("AVATAR_EXECUTION__SECRETS", "")
        .variable("AVATAR_STATUS__WORDS__IN_PROGRESS", "busy");

    Configuration configuration = bench.load();

    assertThat(configuration.backend())
        .isEqualTo(
            new Backend(
                Optional.of(URI.create("https://numa.example.com")),
                Optional.of(new Secret("s3 ${cret")),
                Optional.empty(),
                true,
                "auto",
                Optional.empty(),
                "off"));
    assertThat(configuration.git().credentials())
        .extracting(Credential::host, credential -> credential.secret().orElseThrow().reveal())
        .containsExactly(tuple("b.example.com", "b"));
    assertThat(configuration.avatar().concurrency()).isEqualTo(3);
    assertThat(configuration.polling())
        .isEqualTo(new Polling(Duration.ofMinutes(2), Duration.ofSeconds(7)));
    assertThat(configuration.execution().environment()).containsExactly("JAVA_HOME", "CI");
    assertThat(configuration.execution().secrets()).isEmpty();
    assertThat(configuration.status().words().inProgress()).isEqualTo("busy");
  }

  @Test
  void worksWithoutAFileWhereTheEnvironmentHasAllThatIsRequired() {
    bench
        .variable("AVATAR_BACKEND__URL", "http://127.0.0.1:7301")
        .variable("AVATAR_GIT__USERNAME", "Bot")
        .variable("AVATAR_GIT__EMAIL", "bot@example.com")
        .variable("AVATAR_AVATAR__ID", "a1");

    assertThat(bench.problems(Purpose.RUN)).isEmpty();
  }

  @Test
  void needsNoBackendWhereNoneIsAsked() {
    assertThat(bench.read(Purpose.EXEC).configuration().backend().url()).isEmpty();
    assertThat(bench.read(Purpose.DEMO).configuration().git().email())
        .isEqualTo("numa-avatar@localhost");
  }

  @Test
  void tellsOfRequiredKeysOnlyWhereTheyAreNeeded() {
    bench.config("\nbackend:\n  api_token: x\navatar: {name: Ada}\n");

    assertThat(bench.problems(Purpose.EXEC)).isEmpty();
    assertThat(bench.problems(Purpose.DOCTOR))
        .containsExactly(
            "config.yaml: git.username: is missing, expected a name without '<' and '>',"
                + " here or in AVATAR_GIT__USERNAME",
            "config.yaml: git.email: is missing, expected an e-mail address,"
                + " here or in AVATAR_GIT__EMAIL",
            "config.yaml:2: backend.url: is missing, expected a URL such as"
                + " https://numa.example.com, here or in AVATAR_BACKEND__URL",
            "config.yaml:4: avatar.id: is missing, expected a line of text,"
                + " here or in AVATAR_AVATAR__ID");
  }

  @Test
  void saysThatThereIsNoFileWhereOneWouldBeOfUse() {
    assertThat(bench.problems(Purpose.RUN))
        .hasSize(5)
        .contains("there is no config.yaml in " + folder + "; name a file with --config");
  }

  @Test
  void refusesANamedFileThatDoesNotExist() {
    assertThatThrownBy(() -> bench.read(Path.of("other.yaml"), Purpose.SHOW))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "could not use the configuration: 1 problem\n"
                + "  other.yaml: could not be read: no such file");
  }

  @Test
  void startsRelativePathsWhereTheyWereWritten() {
    bench
        .file("etc/config.yaml", "avatar: {workspace: ../w}")
        .variable("AVATAR_AVATAR__STATE_DIR", "s")
        .flag("avatar.log_dir", "./l");

    Avatar avatar = bench.read(Path.of("etc/config.yaml"), Purpose.SHOW).configuration().avatar();

    assertThat(List.of(avatar.workspace(), avatar.stateDir(), avatar.logDir()))
        .containsExactly(folder.resolve("w"), folder.resolve("s"), folder.resolve("l"));
  }

  @Test
  void findsTheLocalFileBesideTheNamedOne() {
    bench
        .file("etc/mine.yaml", "avatar: {id: file}")
        .file("etc/config.local.yaml", "avatar: {id: local}")
        .file("config.local.yaml", "avatar: {id: elsewhere}");

    assertThat(bench.read(Path.of("etc/mine.yaml"), Purpose.SHOW).configuration().avatar().id())
        .isEqualTo("local");
  }

  @Test
  void acceptsSectionsAndAFileBesideWithEverythingCommentedOut() {
    bench
        .config("execution:\n  # step_timeout: 5\ngit:\n  credentials:\nsandbox:\nstatus: {}\n")
        .file("config.local.yaml", "# nothing\n");

    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void readsSecretsFromFilesWithoutTheirLastLineEnd() {
    bench
        .config(
            """
            backend: {url: "https://numa.example.com", api_token_file: token}
            git:
              credentials:
                - {host: a.example.com, token_file: token}
                - {host: b.example.com, password_file: token}
                - {host: c.example.com, ssh_key: key, passphrase_file: token}
            """)
        .file("token", "s3cret\r\n");

    Configuration configuration = bench.load();

    var secret = Optional.of(new Secret("s3cret"));
    assertThat(configuration.backend().token()).isEqualTo(secret);
    assertThat(configuration.git().credentials())
        .extracting(Credential::secret, Credential::passphraseOfSshKey)
        .containsExactly(
            tuple(secret, Optional.empty()),
            tuple(secret, Optional.empty()),
            tuple(Optional.empty(), secret));
  }

  @Test
  void knowsFilesOfTokensByTheirPlacesToo() {
    bench
        .config("git: {credentials: [{host: a.example.com, token_file: token}]}")
        .file("token", "s3cret");

    assertThat(bench.load().git().credentials())
        .extracting(Credential::tokenSource)
        .containsExactly(Optional.of(new TokenSource.InFile(folder.resolve("token"))));
  }

  @Test
  void asksTheAgentThatTheEnvironmentNames() {
    bench
        .config("git: {credentials: [{host: a.example.com, ssh_agent: true, known_hosts: k}]}")
        .variable("SSH_AUTH_SOCK", "/run/agent");

    assertThat(bench.load().git().credentials())
        .extracting(Credential::sshAgent)
        .containsExactly(true);
  }

  @Test
  void letsASecretsFileInTheEnvironmentReplaceTheSecretInTheFile() {
    bench
        .config("backend: {url: \"https://numa.example.com\", api_token: below}")
        .file("token", "above")
        .variable("AVATAR_BACKEND__API_TOKEN_FILE", "token");

    assertThat(bench.load().backend().token()).contains(new Secret("above"));
  }

  @Test
  void putsVariablesIntoText() {
    bench
        .config(
            """
            avatar:
              id: a-${HOST}-${N:-1}
              name: "$${HOST} $HOME $$ ${EMPTY:-none} ${BARE:-}."
              concurrency: ${N:-2}
            polling: {interval: "${N:-3}"}
            backend: {allow_insecure_http: "${YES}"}
            """)
        .variable("HOST", "box$1")
        .variable("EMPTY", "")
        .variable("YES", "true");

    Configuration configuration = bench.load();

    assertThat(configuration.avatar().id()).isEqualTo("a-box$1-1");
    assertThat(configuration.avatar().name()).isEqualTo("${HOST} $HOME $$ none .");
    assertThat(configuration.avatar().concurrency()).isEqualTo(2);
    assertThat(configuration.polling().interval()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void needsNoVariableOfAValueThatIsOverridden() {
    bench.config("avatar: {id: \"${UNSET}\"}").variable("AVATAR_AVATAR__ID", "given");

    assertThat(bench.load().avatar().id()).isEqualTo("given");
  }

  @Test
  void leavesVariablesOfTheStartScriptAndThoseThatFilesSpeakOf() {
    bench
        .config("backend: {url: \"https://numa.example.com\", api_token: \"${AVATAR_TOKEN}\"}")
        .variable("AVATAR_TOKEN", "t")
        .variable("AVATAR_OPTS", "-v")
        .variable("AVATAR_JAVA_OPTS", "-Xmx1g");

    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void listsAllSecretsOnce() {
    bench
        .config(EVERY_KEY)
        .file("config.local.yaml", "execution: {secrets: [hush, t0ken, \"two\\nlines\"]}");

    assertThat(bench.load().secrets())
        .extracting(Secret::reveal)
        .containsExactly(
            "t0ken",
            "gh-t0ken",
            "pa55",
            "api-t0ken",
            "se5ame",
            "s1gn",
            "pr0xy",
            "qu3ue",
            "llm-k3y",
            "n3xus",
            "Bearer trac3s",
            "trac3s",
            "hush",
            "two\nlines",
            "npm-t0ken");
  }

  @Test
  void letsOneAliasStandForASingleValue() {
    bench.config("avatar: {id: &me a1, name: *me}");

    assertThat(bench.load().avatar().name()).isEqualTo("a1");
  }
}
