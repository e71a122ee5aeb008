package io.numa.avatar.cli.config;

import static io.numa.avatar.task.sandbox.SandboxProfile.EGRESS;
import static io.numa.avatar.task.sandbox.SandboxProfile.ISOLATED;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFF;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFFLINE;
import static io.numa.avatar.task.sandbox.SandboxProfile.PROCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code sandbox}: its forms, its rules, and what is shown of it. */
class SandboxSectionTest {
  private static final String PROFILES = "off, process, isolated, offline, egress";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = new Workbench(folder);
  }

  static Stream<Arguments> badSections() {
    return Stream.of(
        arguments("profile: docker", "profile: is 'docker', expected one of " + PROFILES),
        arguments(
            "profile: egres",
            "profile: is 'egres', expected one of " + PROFILES + "; did you mean 'egress'?"),
        arguments(
            "profile: {agent: isolatd}",
            "profile.agent: is 'isolatd', expected one of "
                + PROFILES
                + "; did you mean 'isolated'?"),
        arguments(
            "profile: {build: off}",
            "profile.build: is no known key; known here: run, test, agent"),
        arguments("minimum: {run: yes}", "minimum.run: is 'yes', expected one of " + PROFILES),
        arguments(
            "profile: process, minimum: {agent: isolated}",
            "minimum.agent: is 'isolated', which is above sandbox.profile for this kind"
                + " ('process'); lower it, or raise the profile"),
        arguments(
            "{profile: {test: isolated}, minimum: {test: egress}}",
            "minimum.test: is 'egress', which is above sandbox.profile for this kind"
                + " ('isolated'); lower it, or raise the profile"),
        arguments(
            "allow: [db.example.com]",
            "allow[0]: is 'db.example.com', which has no port, expected one such as"
                + " db.example.com:5432"),
        arguments(
            "allow: [\"db.example.com:65536\"]",
            "allow[0]: is 'db.example.com:65536', expected a port from 1 to 65535 behind the host"),
        arguments(
            "allow: [\"*.example.com:443\"]",
            "allow[0]: is '*.example.com:443', whose host has other characters than ASCII letters,"
                + " digits, '-', '_' and '.'"),
        arguments(
            "allow: [\"2130706433:443\"]",
            "allow[0]: is '2130706433:443', whose host is an address in an odd form; write it as"
                + " four decimal numbers"),
        arguments(
            "tools: [/opt/node, /]",
            "tools[1]: is '/', in whose place sandboxes have their own; name another folder"),
        arguments(
            "tools: [/opt/../proc/1]",
            "tools[0]: is '/proc/1', in whose place sandboxes have their own; name another folder"),
        arguments(
            "caches: [/var]",
            "caches[0]: is '/var', in whose place sandboxes have their own; name another folder"),
        arguments(
            "caches: [/srv/a, /srv/a/b]",
            "caches[1]: is '/srv/a/b', which sandbox.caches[0], '/srv/a', shows already; remove"
                + " it"),
        arguments(
            "caches: [/srv/a/b, ~/c, /srv/a]",
            "caches[0]: is '/srv/a/b', which sandbox.caches[2], '/srv/a', shows already; remove"
                + " it"),
        arguments(
            "caches: [~/c, /home/me/c]",
            "caches[1]: is '/home/me/c', which sandbox.caches[0], '/home/me/c', shows already;"
                + " remove it"),
        arguments(
            "caches: [/var/cache/agent/npm]",
            "caches[0]: is '/var/cache/agent/npm', which sandboxes have below '/var/cache/agent',"
                + " where commands change everything; name a folder elsewhere"),
        arguments(
            "tools: [/opt/node, /home/agent/tools]",
            "tools[1]: is '/home/agent/tools', which sandboxes have below '/home/agent', where"
                + " commands change everything; name a folder elsewhere"),
        arguments(
            "registries: nexus",
            "registries: is 'nexus', expected one of auto, maven, gradle, npm, pypi, go, cargo"),
        arguments(
            "registries: [{kind: mvn}]",
            "registries[0].kind: is 'mvn', expected one of auto, maven, gradle, npm, pypi, go,"
                + " cargo"),
        arguments(
            "registries: [{kind: maven}]",
            "registries[0]: gives no url, expected where the registry is"),
        arguments(
            "registries: [{kind: npm, url: \"https://n.example.com\"}, auto]",
            "registries[1]: is auto beside other registries, expected either auto alone or a list"
                + " without it"),
        arguments(
            "registries: [{kind: auto, url: \"https://n.example.com\"}]",
            "registries[0].url: is of no use with auto, which finds it; remove it"),
        arguments(
            "registries: [{kind: npm, url: \"https://n.example.com\", username: ci}]",
            "registries[0].username: stands without a password; give password or password_file"),
        arguments(
            "registries: [{kind: npm, url: \"http://n.example.com\", password: p}]",
            "registries[0].url: would carry the password over plain http to another machine; use"
                + " https, or set allow_insecure_http to true beside it"),
        arguments(
            "limits: {processes: 2}",
            "limits.processes: is '2', expected a whole number from 16 to 1000000"),
        arguments(
            "limits: {memory: big}",
            "limits.memory: is 'big', expected a size in bytes or such as 500KiB, 100MiB, 1GiB"),
        arguments(
            "repositories: [{profile: off}]",
            "repositories[0].url: is missing, expected a pattern such as"
                + " https://github.com/acme/*"),
        arguments(
            "repositories: [{url: \"https://h/*\", profil: off}]",
            "repositories[0].profil: is no known key; did you mean 'profile'?"));
  }

  @ParameterizedTest
  @MethodSource("badSections")
  void refusesWhatCannotWork(String section, String problem) {
    bench.config("sandbox: " + (section.startsWith("{") ? section : "{" + section + "}"));

    assertThat(bench.problems()).containsExactly("config.yaml:1: sandbox." + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/cache/agent", "/var/cache/layers", "/home/agent", "/home/sandbox"})
  void refusesAWorkspaceThatCommandsWouldChangeAround(String place) {
    bench.config("avatar: {workspace: " + place + "/w}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: avatar.workspace: is '%1$s/w', which sandboxes have below '%1$s', where"
                    .formatted(place)
                + " commands change everything; name a folder elsewhere");
  }

  @Test
  void refusesACacheThatHoldsTheWorkspace() {
    bench.config("{avatar: {workspace: /srv/a/w}, sandbox: {caches: [/srv/b, /srv/a]}}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: sandbox.caches[1]: is '/srv/a', which holds avatar.workspace,"
                + " '/srv/a/w'; name a folder beside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home/agent", "/home/sandbox"})
  void takesFoldersOfAnOperatorWhoseHomeIsNamedAsThatOfSandboxes(String home) {
    bench.variable("HOME", home);
    bench.config(
        "{avatar: {workspace: ~/w, state_dir: ~/s, log_dir: ~/l},"
            + " sandbox: {caches: [~/.m2/repository, ~/.m3], tools: [~/tools]}}");

    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void takesAProfileForAllKindsOrForSome() {
    bench.config("sandbox: {profile: off, minimum: {agent: off}}");
    assertThat(bench.load().sandbox().profile().byKind().values()).containsOnly(OFF);

    bench.config("sandbox: {profile: {run: offline, test: process}}");
    SandboxSection some = bench.load().sandbox();
    assertThat(some.profile()).isEqualTo(new SandboxSection.Profiles(OFFLINE, PROCESS, EGRESS));
    assertThat(some.minimum()).isEqualTo(new SandboxSection.Minimum(OFF, OFF, ISOLATED));
  }

  @Test
  void letsAProfileBeLowerThanAMinimumThatIsOnlyADefault() {
    bench.config("sandbox: {profile: off}");

    assertThat(bench.problems()).isEmpty();
  }

  @Test
  void takesEveryFormFromTheEnvironment() {
    bench
        .variable("AVATAR_SANDBOX__PROFILE", "{\"run\": \"isolated\"}")
        .variable("AVATAR_SANDBOX__MINIMUM__AGENT", "off")
        .variable(
            "AVATAR_SANDBOX__REGISTRIES", "[{\"kind\":\"go\",\"url\":\"https://go.example.com\"}]")
        .variable("AVATAR_SANDBOX__ALLOW", "DB.example.com.:5432, [::1]:80")
        .variable("AVATAR_SANDBOX__TOOLS", "/opt/node,~/tools")
        .variable("AVATAR_SANDBOX__LIMITS__TMP", "2GiB");

    SandboxSection read = bench.load().sandbox();

    assertThat(read.profile().run()).isEqualTo(ISOLATED);
    assertThat(read.minimum().agent()).isEqualTo(OFF);
    assertThat(read.namedRegistries().orElseThrow())
        .extracting(SandboxSection.Registry::url)
        .containsExactly(Optional.of(URI.create("https://go.example.com")));
    assertThat(read.allow())
        .containsExactly(
            new HostAndPort("db.example.com", 5432), new HostAndPort("0:0:0:0:0:0:0:1", 80));
    assertThat(read.tools()).containsExactly(Path.of("/opt/node"), Path.of("/home/me/tools"));
    assertThat(read.limits().tmp()).isEqualTo(2L << 30);
  }

  @Test
  void findsTheRegistriesOfThisMachineUnlessTheyAreListed() {
    assertThat(bench.load().sandbox().namedRegistries()).isEmpty();
    bench.config("sandbox: {registries: auto}");
    assertThat(bench.load().sandbox().namedRegistries()).isEmpty();
    bench.config("sandbox: {registries: []}");
    assertThat(bench.load().sandbox().namedRegistries()).contains(List.of());
    bench.variable("AVATAR_SANDBOX__REGISTRIES", "auto");
    assertThat(bench.load().sandbox().namedRegistries()).isEmpty();
  }

  @Test
  void hidesThePasswordsOfRegistriesFromAgents() {
    bench.config(
        """
        sandbox:
          registries: [{kind: npm, url: "https://n.example.com", password: s3cret}]
        agents: {available: [{name: a, preset: qwen, environment: {NPM_TOKEN: s3cret}}]}
        """);

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:3: agents.available[0].environment: gives the agent, as NPM_TOKEN, a"
                + " secret of the avatar; an agent must not see it");
  }

  @Test
  void masksThePasswordsOfRegistries() {
    bench.config(
        "sandbox: {registries: [{kind: npm, url: \"https://n.example.com\", password: s3cret}]}");

    assertThat(bench.load().secrets()).contains(new Secret("s3cret"));
    assertThat(bench.read(Purpose.SHOW).toYaml())
        .contains("kind: \"npm\"", "password: \"***\"")
        .doesNotContain("s3cret");
  }

  @Test
  void showsWhatCanBeReadAgain() {
    bench.config(
        """
        sandbox:
          profile: isolated
          allow: [db.example.com:5432]
          repositories: [{url: "https://git.example.com/legacy/*", profile: off}]
        """);
    Configuration first = bench.load();

    String shown = bench.read(Purpose.SHOW).toYaml();

    assertThat(bench.config(shown).load().sandbox()).isEqualTo(first.sandbox());
  }
}
