package io.numa.avatar.agent.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonLinesTest {
  private static final int MEBI = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> messages = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final JsonLines lines =
      new JsonLines(
          new JsonLines.Reader() {
            @Override
            public void message(ObjectNode message) {
              messages.add(message);
            }

            @Override
            public void text(String text) {
              texts.add(text);
            }
          });

  private void write(byte[] bytes) {
    lines.write(bytes, 0, bytes.length);
  }

  private void write(String text) {
    write(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
  void readsObjectsHoweverTheyArrive(int size) throws Exception {
    String first =
        "{\"a\":[1,-2.5,true,null,{\"b\":\"Grüße 😀 \\u00e9\\n\\\"\"}],\"big\":123456789012345678901,\"c\":{}}";
    byte[] all = ("\r\n" + first + "\n {\"x\":1}\r\nnoise\n").getBytes(UTF_8);

    for (int at = 0; at < all.length; at += size) {
      lines.write(all, at, Math.min(size, all.length - at));
    }

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).hasToString(JSON.readTree(first).toString());
    assertThat(messages.get(1).path("x").asInt()).isEqualTo(1);
    assertThat(texts).containsExactly("noise");
  }

  @Test
  void linesThatAreNoObjectsAreTexts() {
    write("hello\n[1]\n{\"half\":\n{oops}\n42\n\n   \n{\"a\":1} trailing\nlast");
    lines.end();

    assertThat(texts).containsExactly("hello", "[1]", "{\"half\":", "{oops}", "42", "last");
    assertThat(messages).hasSize(1);
  }

  @Test
  void bytesThatAreNoCharactersAreReplaced() {
    write(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xc3, '(', '"', '}', '\n'});

    assertThat(messages.get(0).path("a").asText()).isEqualTo("\ufffd\ufffd(");
  }

  @Test
  void longStringsAreCutAndWhatFollowsThemIsKept() {
    write("{\"a\":\"" + "x".repeat(3 * MEBI) + "\",\"id\":7}\n{\"b\":1}\n");

    assertThat(messages.get(0).path("a").asText()).hasSize(MEBI);
    assertThat(messages.get(0).path("id").asInt()).isEqualTo(7);
    assertThat(messages.get(1).path("b").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\\\", "\\\"", "\\u0041", "\\n", "x"})
  void noEscapeIsCutInHalf(String piece) throws Exception {
    for (int limit = 0; limit < 30; limit++) {
      var cutter = new StringCutter(limit);
      String kept =
          ("{\"a\":\"" + piece.repeat(5) + "\",\"\":\"\"}")
              .chars()
              .filter(next -> cutter.keeps((char) next))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      assertThat(JSON.readTree(kept).path("a").asText().length()).isLessThanOrEqualTo(limit);
      assertThat(kept).endsWith("\"\"}");
    }
  }

  @Test
  void anObjectOfManyValuesKeepsItsId() {
    String many = "[0,{\"k\":\"v\"}],".repeat(MEBI / 2);

    write("{\"jsonrpc\":\"2.0\",\"params\":{\"list\":[" + many + "1],\"x\":{}},\"id\":7}\n");

    ObjectNode message = messages.get(0);
    assertThat(message.path("id").asInt()).isEqualTo(7);
    assertThat(message.path("params").path("list").size()).isBetween(1_000, MEBI / 32);
  }

  @Test
  void deepObjectsAreNoMessages() {
    write("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n{\"b\":1}\n");

    assertThat(messages).hasSize(1);
  }

  @Test
  void randomObjectsAreReadAsTheyAre() throws Exception {
    long seed = 20_261_130;
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      messages.clear();
      JsonNode tree = JSON.createObjectNode().set("root", tree(random, 4));
      byte[] line = (tree + "\n").getBytes(UTF_8);

      for (int at = 0; at < line.length; ) {
        int length = Math.min(line.length - at, 1 + random.nextInt(20));
        write(Arrays.copyOfRange(line, at, at + length));
        at += length;
      }

      assertThat(messages).as("seed %d, round %d", seed, i).hasSize(1);
      assertThat(messages.get(0)).hasToString(tree.toString());
    }
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
      case 1 -> JSON.getNodeFactory().textNode(text(random));
      case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 3 -> {
        var array = JSON.createArrayNode();
        random.ints(random.nextInt(5)).forEach(ignored -> array.add(tree(random, depth - 1)));
        yield array;
      }
      default -> {
        var object = JSON.createObjectNode();
        random
            .ints(random.nextInt(5))
            .forEach(ignored -> object.set(text(random), tree(random, depth - 1)));
        yield object;
      }
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(8), 0, 0x1f700)
        .filter(point -> point < 0xd800 || point > 0xdfff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
