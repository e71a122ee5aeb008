package io.numa.avatar.agent.gateway.internal.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageReaderTest {
  @ParameterizedTest
  @MethodSource("io.numa.avatar.agent.gateway.internal.dialect.Answers#all")
  void countsAnAnswerThatIsSplitAnywhere(Answers answer) {
    byte[] body = answer.body().getBytes(UTF_8);
    for (int split = 0; split <= body.length; split++) {
      var reader = new UsageReader(answer.dialect());
      reader.accept(body, 0, split);
      reader.accept(body, split, body.length - split);

      assertThat(usage(reader)).as("split at %d", split).isEqualTo(answer.usage());
    }
  }

  @ParameterizedTest
  @MethodSource("io.numa.avatar.agent.gateway.internal.dialect.Answers#all")
  void countsAnAnswerThatComesByteByByte(Answers answer) {
    var reader = new UsageReader(answer.dialect());
    byte[] body = answer.body().replace("\n", "\r\n").getBytes(UTF_8);
    for (int at = 0; at < body.length; at++) {
      reader.accept(body, at, 1);
    }

    assertThat(usage(reader)).isEqualTo(answer.usage());
  }

  @Test
  void countsBehindALineOfManyMegabytes() {
    var reader = new UsageReader(Dialect.OPENAI_CHAT);
    byte[] text = "\\\"usage\\\": 7 {[ caf\u00e9 ".repeat(250_000).getBytes(UTF_8);
    accept(reader, "data: {\"choices\":[{\"delta\":{\"content\":\"");
    reader.accept(text, 0, text.length);
    accept(reader, "\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n");

    assertThat(text).hasSizeGreaterThan(5_000_000);
    assertThat(usage(reader).tokens()).isEqualTo(7);
  }

  @Test
  void countsWhatIsStatedBeforeTheAnswerIsCut() {
    var reader = new UsageReader(Dialect.ANTHROPIC);
    String body = Answers.MESSAGES_STREAM.body();
    accept(reader, body.substring(0, body.indexOf("message_delta")));

    assertThat(usage(reader)).isEqualTo(new AgentUsage(1, 0, 0, 925, 800, 100, 1, BigDecimal.ZERO));
  }

  @Test
  void ignoresNumbersThatNoHostMeans() {
    var reader = new UsageReader(Dialect.OPENAI_CHAT);
    accept(
        reader,
        "data: {\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":1e300}}\n\n"
            + "data: {\"usage\":{\"prompt_tokens\":9.0,\"completion_tokens\":--1}}\n\n"
            + "data: {\"usage\":{\"prompt_tokens\":1"
            + "0".repeat(100)
            + "}}\n\n");

    assertThat(usage(reader).inputTokens()).isEqualTo(9);
    assertThat(usage(reader).outputTokens()).isZero();
  }

  @Property(tries = 2000)
  void survivesEveryText(@ForAll byte[] bytes) {
    var reader = new UsageReader(Dialect.GEMINI);
    reader.accept(new byte[] {'['}, 0, 1);
    reader.accept(bytes, 0, bytes.length);
    reader.accept("[".repeat(10_000).getBytes(UTF_8), 0, 10_000);

    assertThat(usage(reader).tokens()).isNotNegative();
  }

  /** A parser that builds the whole tree sees the same numbers at the same places. */
  @Property(tries = 2000)
  void findsTheNumbersThatAParserFinds(@ForAll("trees") JsonNode tree) {
    List<String> found = new ArrayList<>();
    var numbers = new JsonNumbers((path, value) -> found.add(path + "=" + value));
    for (byte next : (tree + "\n").getBytes(UTF_8)) {
      numbers.accept(next);
    }

    List<String> expected = new ArrayList<>();
    collect("", tree, expected);
    assertThat(found).isEqualTo(expected);
  }

  private static void collect(String path, JsonNode node, List<String> numbers) {
    if (node.isNumber()) {
      numbers.add(path + "=" + node.decimalValue());
    } else if (node.isArray()) {
      node.forEach(each -> collect(path, each, numbers));
    } else {
      node.properties()
          .forEach(each -> collect(path + "/" + each.getKey(), each.getValue(), numbers));
    }
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    return Arbitraries.randomValue(random -> tree(random, 6));
  }

  private static JsonNode tree(Random random, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    int kind = random.nextInt(depth == 0 ? 4 : 8);
    if (kind == 0) {
      return nodes.numberNode(random.nextInt(2_000_000) - 1_000_000);
    }
    if (kind == 1) {
      return nodes.textNode(List.of("", "a\"b", "{\\", "é\n", "12", "]}").get(random.nextInt(6)));
    }
    if (kind == 2) {
      return nodes.booleanNode(random.nextBoolean());
    }
    if (kind == 3) {
      return nodes.nullNode();
    }
    if (kind < 6) {
      var list = nodes.arrayNode();
      random.ints(random.nextInt(4)).forEach(i -> list.add(tree(random, depth - 1)));
      return list;
    }
    ObjectNode object = nodes.objectNode();
    random
        .ints(random.nextInt(4), 0, 5)
        .forEach(i -> object.set("usage tokens ".substring(i, i + 4), tree(random, depth - 1)));
    return object;
  }

  private static void accept(UsageReader reader, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    reader.accept(bytes, 0, bytes.length);
  }

  private static AgentUsage usage(UsageReader reader) {
    return reader.count().usage(Optional.empty());
  }
}
