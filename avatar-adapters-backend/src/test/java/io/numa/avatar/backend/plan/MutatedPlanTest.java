package io.numa.avatar.backend.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Compares the schema and the reader on randomly changed plans. */
class MutatedPlanTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<JsonNode> GOOD = Plans.good().map(SchemaCheck::tree).toList();
  private static final List<String> NAMES =
      Tables.paths().map(path -> path.substring(path.lastIndexOf('.') + 1)).distinct().toList();
  private static final List<String> WORDS =
      List.of(
          "", " ", "a", "all", "base64", "utf-8", "5m", "0s", ".", "..", "a/.git/b", "é\n", "1");

  @Property(tries = 5000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void theSchemaAllowsEveryPlanThatTheReaderTakes(@ForAll("plans") JsonNode plan) {
    boolean taken = SchemaCheck.readerTakes(plan);

    if (taken) {
      assertThat(SchemaCheck.schemaErrors(plan)).as("%s", plan).isEmpty();
    }
    Statistics.collect(taken);
    Statistics.coverage(
        coverage -> {
          coverage.check(true).percentage(share -> share > 5);
          coverage.check(false).percentage(share -> share > 5);
        });
  }

  /** Uses paths of pieces that matter to the rules of paths. */
  @Property(tries = 5000)
  void theSchemaAllowsEveryPathThatTheReaderTakes(@ForAll("paths") String path) {
    ObjectNode plan = GOOD.get(0).deepCopy();
    plan.withArray("steps").removeAll().addObject().putObject("delete").put("path", path);

    if (SchemaCheck.readerTakes(plan)) {
      assertThat(SchemaCheck.schemaErrors(plan)).as("%s", plan).isEmpty();
    }
  }

  @Provide
  Arbitrary<JsonNode> plans() {
    return Arbitraries.randomValue(MutatedPlanTest::mutated);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "a", "/", ".", "..", ".git", ".GiT", "git~", "1", " ", ":", "\n", "\u200d", "C")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  private static JsonNode mutated(Random random) {
    JsonNode plan = any(GOOD, random).deepCopy();
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      var holders = new ArrayList<JsonNode>();
      collect(plan, holders);
      mutate(any(holders, random), random);
    }
    return plan;
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode()) {
      holders.add(node);
      node.forEach(child -> collect(child, holders));
    }
  }

  private static void mutate(JsonNode holder, Random random) {
    if (holder instanceof ObjectNode mapping) {
      mutate(mapping, random);
    } else if (holder instanceof ArrayNode list) {
      mutate(list, random);
    }
  }

  private static void mutate(ObjectNode mapping, Random random) {
    if (mapping.isEmpty() || random.nextInt(4) == 0) {
      mapping.set(any(NAMES, random), value(random));
      return;
    }
    var names = new ArrayList<String>();
    mapping.fieldNames().forEachRemaining(names::add);
    String name = any(names, random);
    switch (random.nextInt(4)) {
      case 0 -> mapping.remove(name);
      case 1 -> mapping.set(any(NAMES, random), mapping.remove(name));
      case 2 -> mapping.set(name, any(seenAt(name), random).deepCopy());
      default -> mapping.set(name, value(random));
    }
  }

  /** The values that valid plans have under this key. */
  private static List<JsonNode> seenAt(String name) {
    List<JsonNode> seen = new ArrayList<>();
    GOOD.forEach(plan -> plan.findValues(name, seen));
    return seen.isEmpty() ? List.of(NODES.nullNode()) : seen;
  }

  private static void mutate(ArrayNode list, Random random) {
    if (list.isEmpty() || random.nextBoolean()) {
      list.insert(random.nextInt(list.size() + 1), value(random));
    } else if (random.nextBoolean()) {
      list.add(list.get(random.nextInt(list.size())).deepCopy());
    } else {
      list.remove(random.nextInt(list.size()));
    }
  }

  private static JsonNode value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(400) - 50);
      case 3 -> NODES.numberNode(random.nextDouble());
      case 4 -> NODES.arrayNode().add(any(WORDS, random)).add(random.nextInt(3));
      case 5 -> NODES.arrayNode().add(any(WORDS, random));
      case 6 -> NODES.objectNode().put(any(NAMES, random), any(WORDS, random));
      default -> NODES.textNode(any(WORDS, random));
    };
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
