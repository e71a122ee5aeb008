package io.numa.avatar.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alerts that operators get: they fit what an avatar serves. */
class MonitoringFilesTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path DASHBOARD = Path.of("../deploy/grafana/numa-avatar.json");
  private static final Path ALERTS = Path.of("../deploy/prometheus/alerts.yaml");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final Pattern VARIABLE = Pattern.compile("\\[\\$__[a-z_]+]");
  private static final Pattern SUMMARY = Pattern.compile("_(count|sum)$");

  private static Map<String, Set<String>> served = Map.of();
  private static JsonNode dashboard = new ObjectMapper().createObjectNode();

  @BeforeAll
  static void read() throws IOException {
    served = new SampleMetrics().series();
    dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
  }

  @Test
  void queriesOfTheDashboardNameWhatIsServed() {
    assertThat(queries()).hasSizeGreaterThan(30);
    for (JsonNode query : queries()) {
      String text = query.get("expr").asText();
      assertThat(new PromQuery(text).unknown(served)).as(text).isEmpty();
      LEGEND
          .matcher(query.get("legendFormat").asText())
          .results()
          .forEach(label -> assertThat(labels(text)).as(text).contains(label.group(1)));
    }
  }

  /** All labels of the query's metrics. */
  private static Set<String> labels(String query) {
    var labels = new HashSet<>(Set.of("instance", "job"));
    served.forEach(
        (metric, own) -> {
          if (query.contains(metric)) {
            labels.addAll(own);
          }
        });
    return labels;
  }

  @Test
  void theDashboardShowsAllMetrics() {
    var shown = new StringBuilder();
    queries().forEach(query -> shown.append(query.get("expr").asText()).append('\n'));

    var missing = new TreeSet<String>();
    for (String metric : served.keySet()) {
      String name = SUMMARY.matcher(metric).replaceFirst("");
      if (metric.startsWith("numa_avatar_") && shown.indexOf(name) < 0) {
        missing.add(name);
      }
    }

    assertThat(missing).isEmpty();
  }

  /** What Grafana needs to import it, and to ask which source it is to use. */
  @Test
  void theDashboardFitsGrafana() {
    assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    assertThat(dashboard.get("panels").findValuesAsText("uid")).containsOnly("${datasource}");
    List<Integer> ids = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      ids.add(panel.get("id").asInt());
      JsonNode place = panel.get("gridPos");
      assertThat(place.get("x").asInt() + place.get("w").asInt()).isBetween(1, 24);
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void alertsNameWhatIsServed() throws Exception {
    assertThat(rules()).hasSizeGreaterThan(9);
    for (Map<?, ?> rule : rules()) {
      String text = String.valueOf(rule.get("expr"));
      assertThat(new PromQuery(text).unknown(served)).as(text).isEmpty();
    }
  }

  @Test
  void aNameThatIsNotServedIsFound() {
    assertThat(
            new PromQuery("sum by (agent) (rate(numa_avatar_slot{code=\"1\"}[5m]))")
                .unknown(served))
        .containsExactlyInAnyOrder("metric numa_avatar_slot", "label code", "label agent");
    assertThat(new PromQuery("up == 0 and numa_avatar_slots > 100e6").unknown(served)).isEmpty();
  }

  @Test
  void prometheusTakesTheAlertsWhichFireAsTheirTestsSay() throws Exception {
    requirePromtool();
    promtool("check", "rules", ALERTS.toString());
    promtool("test", "rules", ALERTS.resolveSibling("alerts_test.yaml").toString());
  }

  /** Prometheus checks queries where they are rules. */
  @Test
  void prometheusTakesTheDashboardsQueries(@TempDir Path folder) throws Exception {
    requirePromtool();
    var rules = new ArrayList<Map<String, String>>();
    for (JsonNode query : queries()) {
      String text = VARIABLE.matcher(query.get("expr").asText()).replaceAll("[5m]");
      rules.add(Map.of("record", "query" + rules.size(), "expr", text));
    }
    Path file = folder.resolve("queries.yaml");
    Map<String, Object> group = new HashMap<>(Map.of("name", "dashboard", "rules", rules));
    Files.writeString(file, new Yaml().dump(Map.of("groups", List.of(group))));

    promtool("check", "rules", file.toString());
  }

  private static void requirePromtool() {
    if (!Files.exists(PROMTOOL)) {
      System.err.println("ALERTS AND QUERIES WERE NOT CHECKED: there is no " + PROMTOOL);
    }
    assumeThat(PROMTOOL).as("SKIPPED: needs promtool of Debian's prometheus").exists();
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
    command.addAll(List.of(arguments));
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static List<JsonNode> queries() {
    var queries = new ArrayList<JsonNode>();
    for (JsonNode panel : dashboard.get("panels")) {
      panel.path("targets").forEach(queries::add);
    }
    return queries;
  }

  private static List<Map<?, ?>> rules() throws IOException {
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<?, ?> file = yaml.load(Files.readString(ALERTS));
    var rules = new ArrayList<Map<?, ?>>();
    for (Object group : (List<?>) file.get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }
}
