package io.numa.avatar.cli.rogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.cli.hostile.Traces;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.model.ModelAction;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelServer;
import io.numa.avatar.testkit.server.BackendEvent;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One avatar with all rogue agents, each of which gets a task of its own. */
final class RogueWorld implements AutoCloseable {
  static final String REPOSITORY = "app";

  /** A repository where a change may not weaken the tests. */
  static final String STRICT = "strict";

  /** The repository whose agents no sandbox hides the machine from. */
  static final String OPEN = "open";

  static final String ANSWER = "answer.txt";

  /** Settings of an agent with a model. */
  static final String MODEL = "model";

  /** Settings of an agent whose model's host refuses the avatar's key. */
  static final String REFUSING_MODEL = "refusing model";

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final String key = "key-" + UUID.randomUUID();
  private final String password = "password-" + UUID.randomUUID();
  private final String token = "token-" + UUID.randomUUID();
  private final String marker = "9" + Math.abs(UUID.randomUUID().getMostSignificantBits() >> 16);
  private final Path folder;
  private final Path outside;
  private final GitServer git;
  private final NumaBackend backend;
  private final ModelServer model;
  private final ModelServer refusing;
  private final Map<String, SeededRepository> repositories = new LinkedHashMap<>();
  private final List<Rogue> rogues;
  private final Rogue lookout;
  private final Path scripts;
  private final AvatarProcess avatar;

  RogueWorld(Path folder) throws IOException {
    this.folder = folder;
    this.outside = Files.createDirectory(folder.resolve("outside"));
    this.git = GitServer.start(folder.resolve("git"));
    this.backend = NumaBackend.start().withToken(token);
    this.model = ModelServer.start().withKey(key);
    this.refusing = ModelServer.start().withKey("another");
    model.play(ModelScript.always(ModelAction.say("More.")).alsoWithoutTools());
    git.requirePassword("bot", password);
    seed(REPOSITORY, 1, "test: {command: sh tests/check.sh}\n");
    seed(STRICT, 2, "test: {command: sh tests/check.sh, dilution: fail}\n");
    seed(OPEN, 3, "test: {command: sh tests/check.sh}\n");
    var agents = new RogueAgents(outside, marker);
    this.rogues = agents.all();
    this.lookout = agents.lookout(Files.createDirectory(folder.resolve("lookout")));
    this.scripts = Files.createDirectory(folder.resolve("scripts"));
    this.avatar = start();
  }

  private void seed(String name, int application, String settings) throws IOException {
    SeededRepository repository = git.createRepository(name);
    repository.seed(
        "main",
        Map.of(
            ".numa.yaml",
            settings,
            ".gitignore",
            "*.log\n",
            ANSWER,
            "41\n",
            "locked/rules",
            "many\n",
            "tests/check.sh",
            """
            : >tests/begun.log
            [ ! -e slow ] || sleep 0.5
            n=0 failed=0
            for test in tests/*.t; do
              n=$((n + 1))
              if sh $test; then echo "ok $n - $test"; else echo "not ok $n - $test"; failed=1; fi
            done
            echo 1..$n
            exit $failed
            """,
            "tests/answer.t",
            "case $(cat answer.txt) in 4*) ;; *) exit 1 ;; esac\n",
            "tests/more.t",
            "true\n"));
    repositories.put(name, repository);
    backend.addApplication(application, Map.of("name", name, "git_repo_url", git.httpUrl(name)));
  }

  private AvatarProcess start() throws IOException {
    Files.writeString(folder.resolve("git-password"), password + "\n");
    Files.writeString(folder.resolve("model-key"), key + "\n");
    AvatarHome home =
        AvatarHome.make(folder.resolve("home"), backend.url())
            .set("backend.api_token", token)
            .set("avatar.concurrency", 8)
            .set("execution.repairs", 1)
            .set("guard.protected_paths", "locked/**")
            .set("guard.max_file_size", "1MiB")
            .set("sandbox.minimum.agent", "off")
            .set(
                "sandbox.repositories",
                "[{\"url\": \"%s\", \"profile\": \"process\"}]".formatted(git.httpUrl(OPEN)))
            .set(
                "sandbox.tools",
                Stream.concat(TestAgent.places().stream(), Stream.of(scripts))
                    .map(Path::toString)
                    .collect(Collectors.joining(",")))
            .set(
                "git.credentials",
                "[{\"host\": \"127.0.0.1:*\", \"username\": \"bot\", \"password_file\": \"%s\"}]"
                    .formatted(folder.resolve("git-password")));
    String agents = "agents:\n  record: true\n  available:\n";
    for (Rogue rogue : all()) {
      agents += entry(rogue);
    }
    Files.writeString(folder.resolve("home/config.yaml"), agents, StandardOpenOption.APPEND);
    return home.start();
  }

  private String entry(Rogue rogue) throws IOException {
    Path script = Files.writeString(scripts.resolve(rogue.name() + ".script"), rogue.script());
    String command =
        rogue.command(script).stream()
            .map(word -> '"' + word + '"')
            .collect(Collectors.joining(", "));
    return "    - name: %s\n      command: [%s]\n".formatted(rogue.name(), command)
        + rogue.settings().stream()
            .map(this::setting)
            .map(setting -> setting.indent(6))
            .collect(Collectors.joining());
  }

  private String setting(String text) {
    return switch (text) {
      case MODEL -> api(model);
      case REFUSING_MODEL -> api(refusing);
      default -> text;
    };
  }

  private String api(ModelServer host) {
    return """
        preset: qwen
        model: %s
        api: {base_url: "%s/v1", key_file: "%s"}
        """
        .formatted(ModelServer.MODEL, host.url(), folder.resolve("model-key"));
  }

  List<Rogue> rogues() {
    return rogues;
  }

  /** The agent that looks around; not one of the others. */
  Rogue lookout() {
    return lookout;
  }

  private List<Rogue> all() {
    return Stream.concat(Stream.of(lookout), rogues.stream()).toList();
  }

  /** Gives each agent its task. */
  void announceAll() throws InterruptedException {
    avatar.awaitOutput("avatar_001");
    for (Rogue rogue : all()) {
      int task = number(rogue);
      backend.addTask(
          task,
          Map.of(
              "title",
              "Change the answer",
              "application_id",
              List.of(REPOSITORY, STRICT, OPEN).indexOf(rogue.repository()) + 1,
              "code_branch",
              branch(rogue),
              "development_plan",
              "The answer is 42.",
              "agent",
              rogue.name()));
      backend.announce(task);
    }
  }

  private int number(Rogue rogue) {
    return all().indexOf(rogue) + 1;
  }

  private static String branch(Rogue rogue) {
    return "dev-" + rogue.name();
  }

  Ended await(Rogue rogue) throws InterruptedException {
    int task = number(rogue);
    try {
      backend.awaitEvent(task, "to end", RogueWorld::isEnd, LIMIT);
    } catch (TimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + backend.log(task) + avatar.console(), e);
    }
    List<StatusWritten> statuses = backend.statusesWritten(task);
    JsonNode details = statuses.get(statuses.size() - 1).details();
    return new Ended(
        task,
        branch(rogue),
        details,
        backend.log(task),
        repositories.get(rogue.repository()),
        this);
  }

  private static boolean isEnd(BackendEvent event) {
    return event instanceof StatusWritten status && !status.word().equals("in_progress");
  }

  /** The processes that an attempt of a task has left. */
  List<String> left(Ended ended) {
    List<String> marks =
        backend.logs(ended.task()).stream()
            .map(log -> "NUMA_AVATAR_COOKIE=" + log.attempt() + ":")
            .toList();
    return ProcessHandle.allProcesses()
        .filter(process -> marks.stream().anyMatch(proc(process, "environ")::contains))
        .map(process -> process.pid() + " " + proc(process, "cmdline"))
        .toList();
  }

  /** The processes of all tasks that are left, but those of the avatar. */
  List<String> leftOfAll() {
    return ProcessHandle.allProcesses()
        .map(process -> proc(process, "cmdline"))
        .filter(line -> line.contains(marker))
        .toList();
  }

  /**
   * Waits until the agent that looks around has done so, and returns what it saw, and the arguments
   * and environments of all that the avatar runs at that moment. The agent then goes on.
   */
  String seen() throws IOException, InterruptedException {
    Path place = folder.resolve("lookout");
    while (!Files.exists(place.resolve("waiting"))) {
      assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
      avatar.awaits(all -> false, Duration.ofMillis(20));
    }
    String own = proc(ProcessHandle.of(avatar.pid()).orElseThrow(), "environ");
    String processes =
        ProcessHandle.of(avatar.pid()).stream()
            .flatMap(ProcessHandle::descendants)
            // A process that has not begun its program is still a copy of the avatar.
            .filter(it -> !proc(it, "environ").equals(own))
            .map(it -> proc(it, "cmdline") + "\n" + proc(it, "environ"))
            .collect(Collectors.joining("\n"));
    Files.createFile(place.resolve("go"));
    return Files.readString(place.resolve("dump"), ISO_8859_1) + processes;
  }

  /** All that the avatar has told anyone else, but the headers that hold its credentials. */
  String told() {
    String toBackend =
        backend.requests().stream()
            .map(it -> it.path() + it.query() + it.body())
            .collect(Collectors.joining("\n"));
    String toModels =
        Stream.of(model, refusing)
            .flatMap(host -> host.requests().stream())
            .map(it -> it.path() + it.body() + withoutCredential(it.headers()))
            .collect(Collectors.joining("\n"));
    return avatar.console() + toBackend + toModels;
  }

  private static Map<String, ?> withoutCredential(Map<String, ?> headers) {
    var others = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
    others.putAll(headers);
    others.remove("Authorization");
    return others;
  }

  /** The credentials that the models' hosts were shown. */
  Set<String> shownKeys() {
    return Stream.of(model, refusing)
        .flatMap(host -> host.requests().stream())
        .map(request -> request.apiKey().orElse(""))
        .collect(Collectors.toSet());
  }

  /** The model's key, the Git password and the backend's token, in all forms. */
  List<Traces> secrets() {
    return List.of(new Traces("", key), new Traces("bot", password), new Traces("", token));
  }

  String key() {
    return key;
  }

  /** The folders in which the avatar and the Git server keep files. */
  List<Path> folders() {
    return Stream.of("workspace", "logs", "state").map(folder.resolve("home")::resolve).toList();
  }

  /** What the system tells of a process; empty if it has ended. */
  private static String proc(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    avatar.close();
    refusing.close();
    model.close();
    backend.close();
    git.close();
  }
}
