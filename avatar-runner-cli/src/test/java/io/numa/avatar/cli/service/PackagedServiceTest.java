package io.numa.avatar.cli.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The unit of systemd and the manifests of Kubernetes, without either of the two. */
class PackagedServiceTest {
  private static final Path UNIT = Path.of("../packages/src/systemd/numa-avatar.service");
  private static final Path MANIFESTS = Path.of("../deploy/kubernetes");

  @Test
  void systemdIsToldOfReadinessAndProgressAndKnowsTheEnds() throws IOException {
    assertThat(lines())
        .contains(
            "Type=notify",
            "NotifyAccess=all",
            "WatchdogSec=1min",
            "KillMode=mixed",
            "SuccessExitStatus=143",
            "RestartPreventExitStatus=2 3");
  }

  @Test
  void tasksMayEndForAsLongAsTheConfigurationSaysAndAMinute() throws IOException {
    Matcher drain =
        Pattern.compile("drain: (\\d+)m")
            .matcher(Files.readString(Path.of("../docs/config.example.yaml")));
    assertThat(drain.find()).isTrue();
    long minutes = Long.parseLong(drain.group(1)) + 1;

    assertThat(lines()).contains("TimeoutStopSec=" + minutes + "min");
    assertThat(pod().get("terminationGracePeriodSeconds")).isEqualTo((int) minutes * 60);
  }

  /** With one of them, bubblewrap fails, and agents do not run. Each has its reason in the unit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RestrictNamespaces",
        "PrivateUsers",
        "ProtectKernelTunables",
        "ProtectKernelLogs",
        "ProtectProc",
        "ProcSubset",
        "ProtectHostname",
        "ProtectControlGroups",
        "SystemCallFilter",
        "MemoryDenyWriteExecute"
      })
  void theUnitLeavesSandboxesWhatTheyNeedAndSaysWhy(String setting) throws IOException {
    assertThat(lines())
        .noneMatch(line -> line.startsWith(setting + "="))
        .anyMatch(line -> line.startsWith("#") && line.contains(setting + "="));
  }

  @Test
  void systemdAcceptsTheUnit(@TempDir Path folder) throws Exception {
    assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
    String unit =
        Files.readString(UNIT)
            .replace("=/usr/bin/avatar ", "=/bin/true ") // it is not installed here
            .replaceFirst("Documentation=.*\n", "");
    Path copy = Files.writeString(folder.resolve("numa-avatar.service"), unit);

    Process process =
        new ProcessBuilder("/usr/bin/systemd-analyze", "verify", copy.toString())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said).doesNotContain("numa-avatar.service");
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The image's variable goes before the file: the pod's server must not lose its probes by it. */
  @Test
  void theImageAndThePodListenWhereTheirProbesAsk() throws IOException {
    var server = (Map<?, ?>) manifest("config.yaml").get("server");
    var container = (Map<?, ?>) list(pod(), "containers").get(0);
    var port = (Map<?, ?>) list(container, "ports").get(0);

    assertThat(server.get("listen")).isEqualTo("0.0.0.0:" + port.get("containerPort"));
    assertThat(Files.readString(Path.of("../packages/oci")))
        .contains("\"AVATAR_SERVER__LISTEN=" + server.get("listen") + "\"");
  }

  @Test
  void eachMountOfThePodHasItsVolume() throws IOException {
    Map<?, ?> container = (Map<?, ?>) list(pod(), "containers").get(0);
    List<Object> mounted = names(list(container, "volumeMounts"));
    Map<?, ?> set = (Map<?, ?>) manifest("statefulset.yaml").get("spec");
    Map<?, ?> claim = (Map<?, ?>) list(set, "volumeClaimTemplates").get(0);
    List<Object> volumes = names(list(pod(), "volumes"));

    assertThat(volumes).contains("config", "secrets");
    assertThat(mounted)
        .containsExactlyInAnyOrder(
            "config", "secrets", ((Map<?, ?>) claim.get("metadata")).get("name"));
  }

  @Test
  void kustomizeListsEachManifest() throws IOException {
    try (var files = Files.list(MANIFESTS)) {
      List<String> manifests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !List.of("kustomization.yaml", "config.yaml").contains(name))
              .toList();
      assertThat(list(manifest("kustomization.yaml"), "resources"))
          .map(Object::toString)
          .containsExactlyInAnyOrderElementsOf(manifests);
    }
  }

  private static List<Object> names(List<?> entries) {
    return entries.stream().<Object>map(entry -> ((Map<?, ?>) entry).get("name")).toList();
  }

  private static Map<?, ?> pod() throws IOException {
    Map<?, ?> set = (Map<?, ?>) manifest("statefulset.yaml").get("spec");
    return (Map<?, ?>) ((Map<?, ?>) set.get("template")).get("spec");
  }

  private static Map<?, ?> manifest(String name) throws IOException {
    return new Yaml().load(Files.readString(MANIFESTS.resolve(name)));
  }

  private static List<?> list(Map<?, ?> from, String key) {
    return (List<?>) from.get(key);
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(UNIT);
  }
}
