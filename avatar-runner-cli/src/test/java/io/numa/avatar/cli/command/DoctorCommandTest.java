package io.numa.avatar.cli.command;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.bundle.Archives;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.testkit.model.ModelAction;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelServer;
import io.numa.avatar.testkit.queue.NatsServer;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;
  private NumaBackend backend;
  private GitServer git;
  private Path config;

  @BeforeEach
  void startServers() throws IOException {
    backend = NumaBackend.start().withToken("good-token");
    git = GitServer.start(folder.resolve("git"));
    git.createRepository("shop").seed("main", Map.of("a", "a"));
    config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            backend: {url: "%s", api_token: good-token}
            git: {username: Ada, email: ada@example.com, allowed_networks: [127.0.0.1]}
            avatar: {id: avatar_001}
            """
                .formatted(backend.url()));
  }

  @AfterEach
  void stopServers() {
    backend.close();
    git.close();
  }

  @Test
  void findsAllGoodInOneLineEach() {
    Shell.Result result = doctor();

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.lines())
        .allMatch(line -> line.startsWith("ok ") || line.startsWith("note "))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "backend " + backend.url(),
                        "/api/topics",
                        "token accepted",
                        "topic 'tasks'"))
        .contains("ok    clock: agrees with the backend's")
        .anySatisfy(line -> assertThat(line).contains("avatar.workspace", "can be made"));
    assertThat(result.out()).doesNotContain("\u001b").doesNotContain("good-token");
  }

  @Test
  void namesWhoIsToldWithoutAddresses() {
    Shell.Result result =
        doctor(
            "--set",
            "notify=[{\"url\": \"https://hooks.slack.com/services/T/B/t0ken\", \"template\":"
                + " \"slack\", \"on\": [\"failed\"]}, {\"command\": [\"/bin/true\"]}]");

    assertThat(result.lines())
        .contains(
            "ok    notify: slack at hooks.slack.com: failed",
            "ok    notify: the command '/bin/true': failed, delivered, budget");
    assertThat(result.out()).doesNotContain("t0ken");
  }

  @Test
  void tellsWhatHoldsOfTheSandbox() {
    assertThat(doctor().lines())
        .anyMatch(line -> line.matches("(ok|note) +sandbox of agent: egress by bubblewrap.*"))
        .contains(
            "ok    sandbox files: writes only to the tree, its HOME and /tmp; nothing of the avatar"
                + " is visible");
  }

  @Test
  void tellsWhatTheSandboxLacksAndWhoseWorkItDoesNotHold() {
    Shell.Result result =
        doctor(
            "--set",
            "sandbox.profile={\"run\": \"off\", \"agent\": \"process\"}",
            "--set",
            "sandbox.allow=github.com:443");

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.lines())
        .contains("note  sandbox of run: off: it has all rights of the avatar's user")
        .anyMatch(
            line ->
                line.startsWith("note  sandbox of agent: sandbox.minimum.agent is isolated, but "))
        .contains(
            "note  sandbox.allow github.com:443: is a Git host: what runs in a sandbox can send"
                + " code there");
  }

  @Test
  void saysThatProseIsLeftToOthersWithoutAgents() {
    assertThat(doctor().lines())
        .contains(
            "note  agents: none is configured (agents.available), so tasks of prose are left to"
                + " others");
  }

  @Test
  void startsEachAgentAndSaysWhatIsMissing() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "say ready");
    agents(
        """
        - {name: house, command: %s, trust_repository: true}
        - {name: far, preset: qwen, model: m, command: %s, api: {base_url: "http://127.0.0.1:9", key: model-k3y}}
        - {name: moon, preset: kimi, command: [/no/kimi]}
        - {name: broken, command: [%s, --crash, initialize]}
        """
            .formatted(
                words(TestAgent.command(script)),
                words(TestAgent.command(script)),
                inner(TestAgent.command(script))));

    Shell.Result result = doctor();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("ok    agent house: /.*/java, version 1.2.3, ready over ACP in .* s"))
        .anyMatch(line -> line.startsWith("note  agent house: has no 'api': "))
        .anyMatch(line -> line.startsWith("note  agent house: has 'trust_repository': "))
        .contains(
            "note  agent far: its 'api.base_url' does not end in '/v1', as the preset 'qwen'"
                + " expects")
        .contains(
            "BAD   agent moon: there is no program '/no/kimi'; install it, or name it by its path in"
                + " 'command'")
        .anyMatch(line -> line.startsWith("BAD   agent broken: could not start the agent"))
        .anyMatch(line -> line.startsWith("note  agents: coding agents are experimental; "));
  }

  @Test
  void asksTheModelsOnRequest() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "model Are you there?");
    try (var model = ModelServer.start().withKey("good-model-k3y")) {
      model.play(ModelScript.always(ModelAction.say("ready")).alsoWithoutTools());
      String agent =
          "- {name: %s, preset: qwen, model: scripted-model, command: %s, api: {base_url: \"%s/v1\","
              + " key: %s}}\n";
      agents(
          agent.formatted("good", words(TestAgent.command(script)), model.url(), "good-model-k3y")
              + agent.formatted("bad", words(TestAgent.command(script)), model.url(), "wr0ng-k3y"));

      Shell.Result result = doctor("--agents");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .matches(
                          "ok    model of good: scripted-model answers in .* s \\(1 turn, 1\\.2k"
                              + " tokens\\): ready"))
          .anyMatch(line -> line.startsWith("BAD   model of bad: does not answer: agent_login: "));
      assertThat(result.out()).doesNotContain("good-model-k3y", "wr0ng-k3y");
    }
  }

  private void agents(String entries) throws IOException {
    String tools =
        Stream.concat(TestAgent.places().stream(), Stream.of(folder.resolve("script")))
            .map(Path::toString)
            .collect(Collectors.joining("\", \"", "sandbox: {tools: [\"", "\"]}\n"));
    Files.writeString(
        config, tools + "agents:\n  available:\n" + entries.indent(4), StandardOpenOption.APPEND);
  }

  private static String words(List<String> command) {
    return "[" + inner(command) + "]";
  }

  private static String inner(List<String> command) {
    return command.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
  }

  /** It once made the folders that it checked. */
  @Test
  void changesNothing() throws IOException {
    Files.createDirectory(folder.resolve("logs"));
    List<Path> before = files();

    Shell.Result result = doctor();

    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).contains("avatar.log_dir", "writable"))
        .anySatisfy(line -> assertThat(line).contains("avatar.state_dir", "can be made"));
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void tellsOfAFolderThatCannotBeMade() {
    Shell.Result result = doctor("--set", "avatar.workspace=" + config + "/work");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .contains(
            "BAD   avatar.workspace %1$s/work: '%1$s' is not a folder; name another one"
                .formatted(config));
  }

  @Test
  void saysThatTheBackendSpeaksTheSecondDialectAndGivesNoTaskToOneAlone() throws IOException {
    try (var v1 = NumaV1Backend.start()) {
      String url = "backend.url=" + v1.url();
      Shell.Result shared = doctor("--set", url);
      Shell.Result divided = doctor("--set", url, "--set", "backend.assigned_to=7");

      assertThat(shared.exitCode()).as(shared.out()).isZero();
      assertThat(shared.lines())
          .contains(
              "ok    backend "
                  + v1.url()
                  + ": reachable, speaks /api/v1 (no topics, no logs, no details)")
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("note  one avatar: ")
                      .contains(
                          "a second avatar would take the same tasks", "backend.assigned_to"));
      assertThat(divided.out()).contains("/api/v1").doesNotContain("one avatar");
    }
  }

  @Test
  void namesBothAddressesWhereThereIsNoBackend() throws IOException {
    try (var other = NumaV1Backend.start()) {
      other.misbehave(9, "/api/", Fault.status(404));

      Shell.Result result = doctor("--set", "backend.url=" + other.url());

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("BAD ")
                      .contains("/api/topics/tasks", "/api/v1/development/", "backend.url right?"));
    }
  }

  @Test
  void endsWithThreeWhenTheTokenIsRefused() {
    Shell.Result result = doctor("--set", "backend.api_token=wrong-token");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).startsWith("BAD ").contains("backend.api_token"));
    assertThat(result.out()).doesNotContain("wrong-token");
  }

  @Test
  void advisesWhenTheBackendIsAway() {
    backend.close();

    Shell.Result result = doctor();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).startsWith("BAD ").contains("backend.url right?"));
  }

  @Test
  void looksAtTheQueueWithoutMakingAnything() throws Exception {
    NatsServerExtension.require();
    try (var server = NatsServer.start(Files.createDirectory(folder.resolve("nats")))) {
      String url = "queue.url=" + server.url();

      Shell.Result first = doctor("--set", url);
      Shell.Result second = doctor("--set", url);

      assertThat(first.exitCode()).as(first.out()).isZero();
      assertThat(first.lines())
          .contains("ok    queue " + server.url() + ": reachable, topic 'tasks'")
          .anyMatch(line -> line.contains("NUMA_TASKS") && line.endsWith("the avatar makes it"))
          .anyMatch(line -> line.startsWith("ok ") && line.contains("KV_numa_bridged"));
      assertThat(second.out()).isEqualTo(first.out());
      assertThat(doctor("--set", url, "--set", "queue.mode=whole").lines())
          .anyMatch(line -> line.contains("NUMA_REPORTS") && line.endsWith("the avatar makes it"));
    }
  }

  @Test
  void tellsThatAConsumerOfTheQueueIsNotAsConfigured() throws Exception {
    NatsServerExtension.require();
    try (var server = NatsServer.start(Files.createDirectory(folder.resolve("nats")));
        var queue =
            new NatsQueue(
                NatsSettings.of(server.url(), "numa", new AvatarId("other")), TimeSource.SYSTEM)) {
      queue.take(Set.of("plan"), Duration.ZERO);

      Shell.Result result =
          doctor("--set", "queue.url=" + server.url(), "--set", "queue.ack_wait=30s");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("BAD   queue: ")
                      .contains(
                          "ack_wait of consumer avatars-tasks-plan is 1m, but should be 30s"));
    }
  }

  @Test
  void advisesWhenTheQueueIsAway() {
    Shell.Result result = doctor("--set", "queue.url=nats://127.0.0.1:1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).startsWith("BAD   queue nats://127.0.0.1:1: "));
  }

  @Test
  void putsWhatHelpsIntoABundleWithoutTheSecrets() throws IOException {
    Path bundle = folder.resolve("bundle.tar.gz");
    Path log = Files.writeString(folder.resolve("avatar.log"), "the token is good-token\n");

    Shell.Result result =
        doctor("--bundle", bundle.toString(), "--set", "logs.file=" + log.toString());

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("versions.txt", "configuration.yaml", "doctor.txt", "avatar.log", "journal.txt")
        .endsWith("The bundle is in " + bundle + ".\n");
    Map<String, String> texts = Archives.textsOf(bundle);
    assertThat(texts.get("avatar-bundle/avatar.log")).isEqualTo("the token is ***\n");
    assertThat(texts.get("avatar-bundle/doctor.txt")).contains("ok    configuration: complete");
    assertThat(texts.values()).noneMatch(text -> text.contains("good-token"));
  }

  @Test
  void refusesATaskWithoutABundle() {
    Shell.Result result = doctor("--task", "7");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--task: is of use with --bundle only");
  }

  @Test
  void refusesWhatIsNoIdOfATask() {
    Shell.Result result =
        doctor("--bundle", folder.resolve("bundle.tar.gz").toString(), "--task", " ");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--task: not a task id (1 to 200 printable characters)");
    assertThat(result.out()).isBlank();
  }

  @Test
  void readsTheRepositoryThatIsNamed() {
    Shell.Result result = doctor("--repo", git.httpUrl("shop"));

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("repository " + git.httpUrl("shop") + ": readable, 1 branch\n");
  }

  @Test
  void tellsThatARepositoryIsMissing() {
    Shell.Result result = doctor("--repo", git.httpUrl("nowhere"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).startsWith("BAD ").contains("nowhere"));
  }

  @Test
  void refusesARepositoryThatIsNoUrl() {
    Shell.Result result = doctor("--repo", "ftp://example.com/a");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("--repo: ");
  }

  @Test
  void tellsThatAGitHostAndAKeyAreMissing() {
    Shell.Result result =
        doctor("--set", "git.credentials=[{\"host\": \"127.0.0.1:1\", \"ssh_key\": \"/no/key\"}]");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(line -> assertThat(line).startsWith("BAD ").contains("git host 127.0.0.1:1"))
        .anySatisfy(line -> assertThat(line).startsWith("BAD ").contains("/no/key"));
  }

  @Test
  void tellsThatCommitsCannotBeSigned() {
    Shell.Result result = doctor("--set", "git.signing_key=/no/key");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("BAD ")
                    .contains("git.signing_key /no/key", "there is no such file"));
  }

  @Test
  void saysHowItLogsInAtEachGitHostWithoutTheToken() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken-in-file");
    int port = URI.create(git.httpUrl("shop")).getPort();

    Shell.Result result =
        doctor(
            "--set",
            ("git.credentials=[{\"host\": \"127.0.0.1:%d\", \"service\": \"gitlab\","
                    + " \"token_file\": \"%s\"}, {\"host\": \"localhost:%d\","
                    + " \"token_command\": [\"echo\", \"t0ken-of-echo\"]}]")
                .formatted(port, token, port));

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.lines())
        .contains(
            "ok    git host 127.0.0.1:"
                + port
                + ": gitlab, reachable; 'doctor --repo URL' tries to log in",
            "ok    git login at 127.0.0.1:"
                + port
                + ": as 'oauth2', with a token from the file "
                + token,
            "ok    git host localhost:"
                + port
                + ": plain by its name, reachable; 'doctor --repo URL' tries to log in",
            "ok    git login at localhost:"
                + port
                + ": as 'Ada', with a token from the command echo");
    assertThat(result.out()).doesNotContain("t0ken");
  }

  @Test
  void saysWhereItLooksAfterChangeRequests() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken-in-file");
    int port = URI.create(git.httpUrl("shop")).getPort();

    Shell.Result result =
        doctor(
            "--set",
            ("git.credentials=[{\"host\": \"127.0.0.1:%d\", \"service\": \"gitlab\","
                    + " \"token_file\": \"%s\"}, {\"host\": \"localhost:%d\","
                    + " \"service\": \"gitee\", \"token_file\": \"%s\"}]")
                .formatted(port, token, port, token),
            "--set",
            "git.change_request=draft",
            "--set",
            "git.follow_up.reviews=true");

    assertThat(result.out())
        .contains("ok    git.follow_up at 127.0.0.1:" + port + ": looks after")
        .contains("git.follow_up at localhost:" + port + ": does not look after change requests")
        .contains("GitHub, GitLab, Gitea and Forgejo are supported");
  }

  @Test
  void tellsOfATokenCommandThatFails() {
    Shell.Result result =
        doctor(
            "--set",
            "git.credentials=[{\"host\": \"127.0.0.1:1\","
                + " \"token_command\": [\"sh\", \"-c\", \"echo s3cret; exit 3\"]}]");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .contains(
            "BAD   git login at 127.0.0.1:1: as 'Ada', with a token from the command sh: could not"
                + " get a token: the command 'sh' ended with exit code 3");
    assertThat(result.out()).doesNotContain("s3cret");
  }

  @Test
  void tellsOfARepositoryThatTasksMayNotUse() {
    Shell.Result result = doctor("--repo", git.path("shop"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .anySatisfy(
            line -> assertThat(line).startsWith("BAD ").contains("git.allowed_urls does not"));
  }

  @Test
  void needsAConfiguration() {
    Shell.Result result = new Shell().run("doctor", "--config", folder.resolve("missing.yaml"));

    assertThat(result.exitCode()).isEqualTo(2);
  }

  private Shell.Result doctor(Object... more) {
    Object[] arguments = new Object[more.length + 3];
    arguments[0] = "doctor";
    arguments[1] = "--config";
    arguments[2] = config;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return asUser(new Shell().run(arguments));
  }

  /** The result without the complaint about root, as builds may run as root. */
  private static Shell.Result asUser(Shell.Result result) {
    String root = "BAD   user: the avatar runs as root, ";
    String rest =
        result
            .out()
            .lines()
            .filter(line -> !line.startsWith(root))
            .collect(joining("\n", "", "\n"));
    boolean good = rest.lines().noneMatch(line -> line.startsWith("BAD"));
    return new Shell.Result(
        result.exitCode() == 1 && good ? 0 : result.exitCode(), rest, result.err());
  }
}
