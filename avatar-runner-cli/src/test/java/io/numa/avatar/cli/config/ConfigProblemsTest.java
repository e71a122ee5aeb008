package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = new Workbench(folder);
  }

  static Stream<Arguments> badFiles() {
    String seconds = ", in seconds or such as 90s, 5m, 2h";
    return Stream.of(
        arguments("poling: {}", "1: poling: is no known key; did you mean 'polling'?"),
        arguments(
            "polling:\n  intervall: 5",
            "2: polling.intervall: is no known key; did you mean 'interval'?"),
        arguments(
            "backend: {apiToken: x}",
            "1: backend.apiToken: is no known key; did you mean 'api_token'?"),
        arguments("git: {user: x}", "1: git.user: is no known key; did you mean 'username'?"),
        arguments(
            "git: {concurrency: 2}",
            "1: git.concurrency: is no known key here; did you mean 'avatar.concurrency'?"),
        arguments(
            "polling: {zzz: 2}", "1: polling.zzz: is no known key; known here: interval, wait"),
        arguments(
            "server: {zzz: 2}",
            "1: server.zzz: is no known key; known here: listen, token_file, hosts"),
        arguments("avatra: {}", "1: avatra: is no known key; did you mean 'avatar'?"),
        arguments(
            "git: {credentials: [{host: a.b, tokne: x}]}",
            "1: git.credentials[0].tokne: is no known key; did you mean 'token'?"),
        arguments(
            "git: {signing_key: k, signing_format: x509}",
            "1: git.signing_format: is 'x509', expected ssh or openpgp"),
        arguments(
            "git: {signing_passphrase: p}",
            "1: git.signing_passphrase: is of use with git.signing_key only; give one"),
        arguments(
            "git: {proxy: \"http://p:1\", proxy_password: p}",
            "1: git.proxy_password: is of use with git.proxy_username only; give one"),
        arguments(
            "git: {proxy: \"http://p:1\", proxy_username: ada}",
            "1: git.proxy_username: is of use with git.proxy_password only; give one"),
        arguments(
            "git: {proxy_username: ada, proxy_password: p}",
            "1: git.proxy_username: is of use with git.proxy only; give one"),
        arguments(
            "git: {proxy: \"http://p:1\", proxy_username: \"a:b\"}",
            "1: git.proxy_username: is 'a:b', expected a user's name, without ':'"),
        arguments(
            "polling: {interval: soon}",
            "1: polling.interval: is 'soon', expected a duration from 100ms to 1h" + seconds),
        arguments(
            "polling: {interval: 0}",
            "1: polling.interval: is '0', expected a duration from 100ms to 1h" + seconds),
        arguments(
            "polling: {interval: 2h}",
            "1: polling.interval: is '2h', expected a duration from 100ms to 1h" + seconds),
        arguments(
            "polling: {interval: 1_0}",
            "1: polling.interval: is '1_0', expected a duration from 100ms to 1h" + seconds),
        arguments(
            "polling: {interval: [5]}",
            "1: polling.interval: is a list, expected a duration from 100ms to 1h" + seconds),
        arguments(
            "avatar: {concurrency: 0}",
            "1: avatar.concurrency: is '0', expected a whole number from 1 to 256"),
        arguments(
            "avatar: {concurrency: 1.5}",
            "1: avatar.concurrency: is '1.5', expected a whole number from 1 to 256"),
        arguments(
            "avatar: {concurrency: \"2\"}",
            "1: avatar.concurrency: is '2', expected a whole number from 1 to 256"),
        arguments(
            "backend: {allow_insecure_http: 1}",
            "1: backend.allow_insecure_http: is '1', expected true or false"),
        arguments(
            "backend: {allow_insecure_http: yes}",
            "1: backend.allow_insecure_http: is 'yes', expected true or false"),
        arguments(
            "avatar: {id: 7}", "1: avatar.id: is '7', expected a line of text; put it in quotes"),
        arguments(
            "avatar: {id: no}", "1: avatar.id: is 'no', expected a line of text; put it in quotes"),
        arguments("avatar: {id: }", "1: avatar.id: has no value, expected a line of text"),
        arguments("avatar: {id: \" \"}", "1: avatar.id: is empty, expected a line of text"),
        arguments("avatar: {id: \"a\\nb\"}", "1: avatar.id: is 'a?b', expected a line of text"),
        arguments("git: {email: nobody}", "1: git.email: is 'nobody', expected an e-mail address"),
        arguments(
            "git: {username: \"A <b>\"}",
            "1: git.username: is 'A <b>', expected a name without '<' and '>'"),
        arguments(
            "backend: {url: localhost:7301}",
            "1: backend.url: is 'localhost:7301', expected a URL such as"
                + " https://numa.example.com"),
        arguments(
            "backend: {url: \"http://host:99999\"}",
            "1: backend.url: is 'http://host:99999', expected a URL such as"
                + " https://numa.example.com"),
        arguments(
            "backend: text",
            "1: backend: is text, expected a section of keys: url, api_token, api_token_file,"
                + " allow_insecure_http, api, assigned_to, explain"),
        arguments(
            "backend: {api: v2}",
            "1: backend.api: is 'v2', expected auto, topics or v1; did you mean 'v1'?"),
        arguments(
            "backend: {assigned_to: [7]}",
            "1: backend.assigned_to: is a list, expected a number or text without blanks"),
        arguments(
            "backend: {explain: title}",
            "1: backend.explain: is 'title', expected off or description"),
        arguments(
            "git: {credentials: {host: a}}",
            "1: git.credentials: is a section of keys, expected a list, each item a credential:"
                + " host, token, …"),
        arguments(
            "git: {credentials: [github.com]}",
            "1: git.credentials[0]: is text, expected a credential: host, token, …"),
        arguments(
            "git:\n  credentials:\n    - token: x",
            "3: git.credentials[0].host: is missing, expected a host such as git.example.com or"
                + " git.example.com:8443"),
        arguments(
            "git: {credentials: [{host: \"https://a.b\", token: x}]}",
            "1: git.credentials[0].host: is 'https://a.b', expected a host such as"
                + " git.example.com or git.example.com:8443"),
        arguments(
            "git: {credentials: [{host: a.b}]}",
            "1: git.credentials[0]: gives neither a token, a password nor an ssh_key, expected"
                + " one of them"),
        arguments(
            "git: {credentials: [{host: a.b, token: x, password: y}]}",
            "1: git.credentials[0].password: stands beside token, expected one of them only"),
        arguments(
            "git: {credentials: [{host: a.b, token: x, passphrase: y}]}",
            "1: git.credentials[0].passphrase: is of use with an ssh_key only; give one"),
        arguments(
            "execution: {environment: [CI, \"A=b\"]}",
            "1: execution.environment[1]: is 'A=b', expected the name of an environment variable"),
        arguments(
            "execution: {environment: CI}",
            "1: execution.environment: is text, expected a list, each item the name of an"
                + " environment variable"),
        arguments(
            "status: {words: {done: failed}}",
            "1: status.words.failed: is 'failed', expected another word than that of"
                + " status.words.done"),
        arguments(
            "avatar: {workspace: ., state_dir: /elsewhere}",
            "1: avatar.log_dir: is 'FOLDER/logs', expected a folder outside avatar.workspace,"
                + " which is disposable"),
        arguments(
            "avatar: {workspace: /w, state_dir: /w/state}",
            "1: avatar.state_dir: is '/w/state', expected a folder outside avatar.workspace,"
                + " which is disposable"),
        arguments(
            "avatar: {log_dir: ~bob/logs}",
            "1: avatar.log_dir: begins with '~', which is understood in '~/' only"),
        arguments(
            "backend:\n  url: http://numa.example.com\n  api_token: x",
            "2: backend.url: would carry the token over plain http to another machine; use"
                + " https, or set backend.allow_insecure_http to true"),
        arguments(
            "telemetry:\n  otlp: {url: \"http://otlp.example.com:4318\"}",
            "2: telemetry.otlp.url: would carry traces over plain http to another machine; use"
                + " https, or set telemetry.otlp.allow_insecure_http to true"),
        arguments(
            "telemetry: {otlp: {headers: {Authorization: x}}}",
            "1: telemetry.otlp.headers: is of use with telemetry.otlp.url only; give one"),
        arguments(
            "telemetry: {otlp: {url: \"http://localhost:4318\", headers: {X-Key: \"a\\nb\"}}}",
            "1: telemetry.otlp.headers: has for X-Key a line break or another character that no"
                + " header can have"),
        arguments(
            "avatar: {id: \"${NOPE}\"}",
            "1: avatar.id: needs the environment variable NOPE, which is not set; set it, or"
                + " write ${NOPE:-default}"),
        arguments(
            "avatar: {id: \"${NOPE\"}",
            "1: avatar.id: holds '${' that begins no variable; write ${NAME} or"
                + " ${NAME:-default}, and $${ for the characters themselves"),
        arguments(
            "avatar:\n  id: a\n  id: b", "3: avatar.id: is given twice, first at config.yaml:2"),
        arguments(
            "git: {credentials: [{host: a.b, token: x, host: c.d}]}",
            "1: git.credentials[0].host: is given twice, first at config.yaml:1"),
        arguments(
            "avatar: {id: !!binary aGk=}",
            "1: avatar.id: has a YAML tag; write the plain value, in quotes if need be"),
        arguments(
            "avatar:\n\tid: a",
            "2: is not valid YAML: found character '\\t(TAB)' that"
                + " cannot start any token. (Do not use \\t(TAB) for indentation)"),
        arguments("avatar: {}\n---\ngit: {}", "2: is not valid YAML: but found another document"),
        arguments(
            "- a",
            "1: is a list, expected sections: "
                + "backend, git, avatar, logs, history, polling, queue,"
                + " execution, guard, workspace, cancellation, status, shutdown, server, telemetry,"
                + " sandbox, agents, review, notify"),
        arguments(
            "a: &a [x]\nb: *a",
            "1: nests too deeply, or uses an alias for more than a single value"),
        arguments(
            "a: " + "[".repeat(50) + "]".repeat(50),
            "1: nests too deeply, or uses an alias for more than a single value"),
        arguments(
            "avatar:\n  id: \u0001", "2: holds the character U+0001, which YAML does not allow"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void namesLineKeyAndWhatIsAllowed(String content, String problem) {
    bench.config(content);

    assertThat(bench.problems())
        .containsExactly("config.yaml:" + problem.replace("FOLDER", folder.toString()));
  }

  static Stream<Arguments> badVariables() {
    return Stream.of(
        arguments(
            "AVATAR_BACKEND_API_TOKEN",
            "overrides no known key; did you mean AVATAR_BACKEND__API_TOKEN?"),
        arguments(
            "AVATAR_backend__url", "overrides no known key; did you mean AVATAR_BACKEND__URL?"),
        arguments(
            "AVATAR_MOOD",
            "overrides no known key, expected AVATAR_ and a key's path in upper case, with dots"
                + " as two underscores"),
        arguments(
            "AVATAR_AVATAR__CONCURRENCY",
            "avatar.concurrency: is 'wrong', expected a whole number from 1 to 256"),
        arguments(
            "AVATAR_GIT__CREDENTIALS",
            "git.credentials: is text, expected a list, each item a credential: host, token, …"));
  }

  @ParameterizedTest
  @MethodSource("badVariables")
  void namesTheVariable(String name, String problem) {
    bench.variable(name, "wrong");

    assertThat(bench.problems()).containsExactly("environment " + name + ": " + problem);
  }

  @Test
  void namesTheFlagsKey() {
    bench.flag("polling.intervall", "5").flag("polling.wait", "1h");

    assertThat(bench.problems())
        .containsExactly(
            "flag: polling.intervall: is no known key; did you mean 'polling.interval'?",
            "flag: polling.wait: is '1h', expected a duration from 0s to 5m, in seconds or such"
                + " as 90s, 5m, 2h");
  }

  @Test
  void refusesAddressesOfTheQueueThatNoConnectionSpeaks() {
    bench.flag("queue.url", "nats://one:4222,wss://two:443");

    assertThat(bench.problems())
        .singleElement(STRING)
        .contains("queue.url", "expected an address such as nats://127.0.0.1:4222");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nats://my_host:4222",
        "nats://[::1:4222",
        "nats://:4222",
        "nats://host:port",
        "nats://host:0",
        "nats://host:65536",
        "nats://host?tls",
        "nats://服务器:4222"
      })
  void refusesAddressesOfTheQueueThatNameNoServer(String address) {
    bench.config("polling: {interval: 5}\nqueue: {url: \"nats://one:4222," + address + "\"}");

    assertThat(bench.problems())
        .singleElement(STRING)
        .startsWith("config.yaml:2: queue.url: has '" + address + "', expected host and port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nats://one", "nats://[::1]:4222", "tls://a-b.example.com:65535"})
  void takesAddressesOfServersOfTheQueue(String address) {
    bench.flag("queue.url", address);

    assertThat(bench.problems()).isEmpty();
  }

  static Stream<Arguments> badQueues() {
    return Stream.of(
        arguments(
            "routes: [prose]",
            "queue.routes: has 'prose' only, whose tasks need a coding agent, and agents.available"
                + " has none; add an agent there, or the route 'plan' here"),
        arguments(
            "routes: []",
            "queue.routes: is empty, expected a route, such as 'plan': the avatar takes its"
                + " tasks"),
        arguments("backend: \" \"", "queue.backend: is empty, expected a line of text"),
        arguments("backend: \"\u3000\"", "queue.backend: is empty, expected a line of text"));
  }

  @ParameterizedTest
  @MethodSource("badQueues")
  void refusesAQueueThatTheAvatarCannotTakeFrom(String keys, String problem) {
    bench.config("queue:\n  url: nats://one:4222\n  " + keys);

    assertThat(bench.problems()).containsExactly("config.yaml:3: " + problem);
  }

  @Test
  void takesProseAloneWithAnAgentAndWithoutAQueue() {
    bench.config("queue: {routes: [prose]}");
    assertThat(bench.problems()).isEmpty();

    bench.config(
        "queue: {url: \"nats://one\", routes: [prose]}\nagents: {available: [{name: one, preset:"
            + " qwen}]}");
    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void tellsEverythingAtOnceFilesFirstInTheOrderOfTheirLines() {
    bench
        .config("polling:\n  interval: never\nbakend: {}\navatar:\n  concurrency: many\n")
        .file("config.local.yaml", "\ngit:\n  email: nobody\n")
        .variable("AVATAR_POLLING__WAIT", "ages");

    assertThat(bench.problems())
        .extracting(problem -> problem.substring(0, problem.lastIndexOf(':')))
        .containsExactly(
            "config.local.yaml:3: git.email",
            "config.yaml:2: polling.interval",
            "config.yaml:3: bakend",
            "config.yaml:5: avatar.concurrency",
            "environment AVATAR_POLLING__WAIT: polling.wait")
        .doesNotHaveDuplicates();
  }

  @Test
  void gathersWhatIsWrongElsewhereWhenOneFileIsNoYaml() {
    bench
        .config("avatar: {concurrency: many}")
        .file("config.local.yaml", "git: [")
        .variable("AVATAR_POLLING__WAIT", "ages");

    assertThat(bench.problems(Purpose.RUN))
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).startsWith("config.local.yaml:1: is not valid"))
        .anySatisfy(problem -> assertThat(problem).startsWith("config.yaml:1: avatar.concurrency"))
        .anySatisfy(problem -> assertThat(problem).contains("polling.wait"));
  }

  @Test
  void refusesAnEmptyFile() {
    bench.config("# nothing yet\n");

    assertThat(bench.problems(Purpose.RUN))
        .containsExactly(
            "config.yaml: is empty, expected at least backend.url, git.username, git.email,"
                + " avatar.id");
  }

  @Test
  void refusesAFolderAndWhatIsNoText() throws Exception {
    Files.createDirectory(folder.resolve("config.local.yaml"));
    Files.write(folder.resolve("config.yaml"), "id: é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(bench.problems())
        .containsExactly(
            "config.local.yaml: could not be read: it is a folder",
            "config.yaml: is not UTF-8 text");
  }

  @Test
  void refusesAFileThatIsFarTooLong() {
    bench.config("#".repeat(1024 * 1024 + 1));

    assertThat(bench.problems()).containsExactly("config.yaml: is longer than 1048576 bytes");
  }

  @Test
  void refusesSecretFilesThatHoldNoSecret() {
    bench
        .config(
            """
            git:
              credentials:
                - {host: a.b, token_file: missing}
                - {host: a.b, token_file: empty}
                - {host: a.b, token_file: lines}
                - {host: a.b, token_file: .}
            """)
        .file("empty", "\n")
        .file("lines", "one\ntwo\n");

    String place = "names the file " + folder;
    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:3: git.credentials[0].token_file: "
                + place
                + "/missing, which could not be read: no such file",
            "config.yaml:4: git.credentials[1].token_file: " + place + "/empty, which is empty",
            "config.yaml:5: git.credentials[2].token_file: "
                + place
                + "/lines, which holds more than one line of text",
            "config.yaml:6: git.credentials[3].token_file: "
                + place
                + ", which could not be read: it is a folder");
  }

  @Test
  void refusesToLookAfterChangeRequestsThatItDoesNotOpen() {
    bench.config("git: {follow_up: {reviews: true, checks: true}}");

    String none =
        ": looks after change requests, and the avatar opens none; set git.change_request to draft"
            + " or ready";
    assertThat(bench.problems())
        .containsExactlyInAnyOrder(
            "config.yaml:1: git.follow_up.reviews" + none,
            "config.yaml:1: git.follow_up.checks" + none);
  }

  @Test
  void refusesAccessToGitHostsThatMakesNoSense() {
    bench
        .config(
            """
            git:
              allowed_urls: [github.com/acme]
              ca_file: no-certificates
              proxy: "https://user:123456789@proxy"
              credentials:
                - {host: a.b, token_command: "pass show git"}
                - {host: a.b, token_command: []}
                - {host: a.b, token_command: [bin/token]}
                - {host: a.b, token_command: [pass], token: x}
                - {host: a.b, token: x, service: sourceforge}
                - {host: a.b, ssh_agent: true}
            """)
        .file("no-certificates", "nothing");

    assertThat(bench.problems())
        .containsExactlyInAnyOrder(
            "config.yaml:2: git.allowed_urls[0]: is 'github.com/acme', expected a pattern such as"
                + " https://github.com/acme/*",
            "config.yaml:3: git.ca_file: names the file "
                + folder.resolve("no-certificates")
                + ", which holds no certificates in PEM",
            "config.yaml:4: git.proxy: must hold neither a user nor a password; give them"
                + " as git.proxy_username and git.proxy_password",
            "config.yaml:6: git.credentials[0].token_command: is text, expected a list, each item"
                + " a line of text",
            "config.yaml:7: git.credentials[1].token_command: names no program, expected its"
                + " absolute path or its name on PATH first",
            "config.yaml:8: git.credentials[2].token_command: names no program, expected its"
                + " absolute path or its name on PATH first",
            "config.yaml:9: git.credentials[3].token_command: stands beside token, expected one of"
                + " them only",
            "config.yaml:10: git.credentials[4].service: is 'sourceforge', expected one of github,"
                + " gitlab, gitea, gitee, bitbucket, azure, gerrit, plain",
            "config.yaml:11: git.credentials[5].ssh_agent: needs SSH_AUTH_SOCK, which is not set");
  }

  static List<String> filesWithAMisplacedSecret() {
    return List.of(
        "backend: {api_token: 123456789}",
        "backend: {api_token: \"123456789\\nx\"}",
        "backend: {api_token: *123456789}",
        "backend: {api_token: !123456789!x y}",
        "backend: {api_token: [\"123456789\"]}",
        "backend: {api_token: \"${NOPE}123456789\"}",
        "backend: {api_tokn: \"123456789\"}",
        "backend: {api_token 123456789}",
        "backend: {api_token 123456789: x}",
        "backend:\n  url: x\n  api_token 123456789",
        "backend: \"123456789\"",
        "backend: {url: \"https://me:123456789@host\"}",
        "backend: {url: \"https://host/?token=123456789\"}",
        "git: {credentials: [{host: a.b, token: 123456789}]}",
        "git: {credentials: [123456789]}",
        "git: {proxy: \"http://me:123456789@proxy:80\"}",
        "execution: {secrets: [123456789]}",
        "execution: {secrets: \"123456789\"}",
        "123456789");
  }

  @ParameterizedTest
  @MethodSource("filesWithAMisplacedSecret")
  void neverShowsASecret(String content) {
    bench.config(content);

    assertThat(bench.problems()).isNotEmpty().noneMatch(problem -> problem.contains("123456789"));
  }

  @Test
  void survivesABombOfAliases() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    bench.config(bomb.toString());

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: nests too deeply, or uses an alias for more than a single value");
  }
}
