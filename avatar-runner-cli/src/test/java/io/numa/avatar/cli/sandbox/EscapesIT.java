package io.numa.avatar.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.cli.Main;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All ways out of the sandbox, by {@code sandbox check}, as root and as a service user, on this
 * machine and on weaker ones: the level that is told is the level that is. The soak tests try each
 * profile with each user on each machine.
 */
@Execution(ExecutionMode.CONCURRENT)
class EscapesIT {
  private static final int ROOT = 0;

  /** One of the service users, whose processes the kernel counts together. */
  private static final int USER = 65534;

  /** What no sandbox holds without a cgroup. */
  private static final Set<String> OF_CGROUPS = Set.of("memory", "process_count");

  @TempDir static Path folder;
  private static Stage stage;

  @BeforeAll
  static void copyPrograms() throws IOException {
    stage = new Stage(folder);
  }

  static Stream<Arguments> sandboxes() {
    if (Boolean.getBoolean("soak")) {
      return Machine.ALL.stream()
          .flatMap(
              machine ->
                  Stream.of(ROOT, USER - Machine.ALL.indexOf(machine))
                      .flatMap(
                          user ->
                              Stream.of("egress, test: offline", "isolated, test: process")
                                  .map(profiles -> arguments(machine, user, profiles))));
    }
    return Stream.of(
        arguments(Machine.WHOLE, USER, "egress, test: isolated"),
        arguments(Machine.WHOLE, ROOT, "offline, test: process"),
        arguments(Machine.WITHOUT_NAMESPACE_TOOLS, USER - 1, "egress, test: off"),
        arguments(Machine.IN_A_CONTAINER, USER - 2, "egress, test: off"));
  }

  @ParameterizedTest
  @MethodSource("sandboxes")
  void theLevelThatIsToldIsTheLevelThatIs(Machine machine, int user, String profiles)
      throws Exception {
    JsonNode found = check(machine, user, profiles);

    assertThat(found.path("holds").asBoolean()).as(found.toPrettyString()).isTrue();
    for (String kind : kinds(found)) {
      var level = found.path("levels").path(kind);
      SandboxProfile profile =
          SandboxProfile.valueOf(level.path("profile").asText().toUpperCase(Locale.ROOT));
      Set<String> promised = words(Guarantee.promisedBy(profile));
      Set<String> lacks = texts(level.path("lacks"));
      Set<String> open = guarantees(found, kind, "open");
      assertThat(open.stream().filter(promised::contains))
          .as("open at %s, of what is not said to lack", profile)
          .isSubsetOf(lacks);
      assertThat(open).as("open of what lacks").containsAll(visible(lacks, open, user));
      assertThat(guarantees(found, kind, "unknown")).isEmpty();
      if (Set.of("bubblewrap", "unshare").contains(level.path("means").asText())
          && machine.equals(Machine.WHOLE)
          && profile.isAtLeast(SandboxProfile.OFFLINE)) {
        assertThat(lacks).isSubsetOf(OF_CGROUPS);
      }
    }
  }

  /**
   * Of what lacks, what the checks can show: the kernel counts the processes of a user, but not
   * those of root; and without our helper there is a network that holds nothing, which is less than
   * the profile says, but no way out.
   */
  private static Set<String> visible(Set<String> lacks, Set<String> open, int user) {
    var visible = new TreeSet<>(lacks);
    if (user != ROOT) {
      visible.remove("process_count");
    }
    if (!open.contains("network")) {
      visible.remove("egress");
    }
    return visible;
  }

  @ParameterizedTest
  @ValueSource(ints = {ROOT, USER})
  void allAreOpenWithoutASandboxButThoseThatSayWhyNot(int user) throws Exception {
    Path home = folder.resolve("bare" + user);
    Stage.Ended ended =
        stage.run(
            Machine.WHOLE, user, home, BareMain.class, List.of(home.resolve("arena").toString()));

    assertThat(ended.code()).as(ended.err()).isZero();
    List<String[]> lines = ended.out().lines().map(line -> line.split("\t", -1)).toList();
    assertThat(lines).hasSameSizeAs(EscapeChecks.ALL);
    assertThat(lines)
        .filteredOn(line -> line[3].isEmpty())
        .allSatisfy(line -> assertThat(line[0]).as(line[2]).isEqualTo("open"));
    assertThat(lines).filteredOn(line -> line[0].equals("open")).hasSizeGreaterThan(60);
  }

  private static JsonNode check(Machine machine, int user, String profiles)
      throws IOException, InterruptedException {
    String name = (machine.name() + user + profiles).replaceAll("\\W+", "-");
    Path home = Files.createDirectory(folder.resolve(name));
    Path config =
        Files.writeString(
            home.resolve("config.yaml"),
            """
            sandbox:
              profile: {run: %s, agent: off}
              minimum: {agent: off}
              limits: {memory: 128MiB, processes: 256}
            """
                .formatted(profiles));
    Stage.Ended ended =
        stage.run(
            machine,
            user,
            home,
            Main.class,
            List.of("sandbox", "check", "--json", "--config", config.toString()));
    assertThat(ended.out()).as(ended.err()).startsWith("{");
    return new ObjectMapper().readTree(ended.out());
  }

  /** The kinds of work that were tried. */
  private static Set<String> kinds(JsonNode found) {
    return StreamSupport.stream(found.path("checks").spliterator(), false)
        .map(check -> check.path("kind").asText())
        .collect(Collectors.toSet());
  }

  private static Set<String> guarantees(JsonNode found, String kind, String result) {
    var guarantees = new TreeSet<String>();
    for (JsonNode check : found.path("checks")) {
      if (check.path("kind").asText().equals(kind)
          && check.path("result").asText().equals(result)) {
        guarantees.add(check.path("guarantee").asText());
      }
    }
    return guarantees;
  }

  private static Set<String> words(Set<Guarantee> guarantees) {
    return guarantees.stream().map(Guarantee::word).collect(Collectors.toSet());
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(one -> texts.add(one.asText()));
    return Set.copyOf(texts);
  }
}
