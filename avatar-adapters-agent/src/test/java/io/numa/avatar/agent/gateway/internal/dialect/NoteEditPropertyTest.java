package io.numa.avatar.agent.gateway.internal.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okio.Buffer;

/** Compares edits of bytes with the same changes of a tree, on random requests. */
class NoteEditPropertyTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("", "a", "\"", "\\", "é😀", "\n\u0000", "}],", "\\\"", "\u2028 role");

  @Property(tries = 2000)
  void aNoteIsBehindTheNewestMessage(@ForAll("cases") Case given) throws Exception {
    byte[] body = given.bytes();
    NoteSpot spot = OutlineReader.read(given.dialect(), body).noteSpot().orElseThrow();

    assertThat(JSON.readTree(edited(body, spot.edit(given.note())))).isEqualTo(given.expected());
  }

  private static byte[] edited(byte[] body, Edit edit) throws IOException {
    try (var buffer = new Buffer()) {
      new EditedBody(body, List.of(edit)).writeTo(buffer);
      return buffer.readByteArray();
    }
  }

  record Case(
      Dialect dialect, ObjectNode request, ObjectNode expected, String note, boolean pretty) {
    byte[] bytes() throws JsonProcessingException {
      return pretty
          ? JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(request)
          : JSON.writeValueAsBytes(request);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.randomValue(NoteEditPropertyTest::randomCase);
  }

  private static Case randomCase(Random random) {
    boolean gemini = random.nextBoolean();
    Dialect dialect =
        gemini ? Dialect.GEMINI : random.nextBoolean() ? Dialect.OPENAI_CHAT : Dialect.ANTHROPIC;
    ObjectNode request = NODES.objectNode();
    request.put("model", pick(random, TEXTS));
    ArrayNode messages = request.putArray(gemini ? "contents" : "messages");
    random
        .ints(random.nextInt(3))
        .forEach(i -> messages.add(message(random, gemini, pick(random, List.of("user", "x")))));
    messages.add(message(random, gemini, "user"));
    request.putObject("metadata").put(pick(random, TEXTS), pick(random, TEXTS));

    String note = pick(random, TEXTS);
    ObjectNode expected = request.deepCopy();
    addTo(
        (ObjectNode) expected.withArray(gemini ? "contents" : "messages").get(messages.size() - 1),
        note);
    return new Case(dialect, request, expected, note, random.nextBoolean());
  }

  private static ObjectNode message(Random random, boolean gemini, String role) {
    ObjectNode message = NODES.objectNode();
    boolean roleFirst = random.nextBoolean();
    if (roleFirst) {
      message.put("role", role);
    }
    if (!gemini && random.nextBoolean()) {
      message.put("content", pick(random, TEXTS));
    } else {
      ArrayNode parts = message.putArray(gemini ? "parts" : "content");
      random.ints(random.nextInt(3)).forEach(i -> parts.add(part(random, gemini)));
    }
    if (!roleFirst) {
      message.put("role", role);
    }
    return message;
  }

  private static ObjectNode part(Random random, boolean gemini) {
    ObjectNode part = NODES.objectNode();
    if (!gemini) {
      part.put("type", "text");
    }
    return part.put("text", pick(random, TEXTS));
  }

  private static void addTo(ObjectNode newest, String note) {
    if (newest.path("content").isTextual()) {
      newest.put("content", newest.path("content").asText() + "\n\n" + note);
    } else if (newest.has("content")) {
      newest.withArray("content").addObject().put("type", "text").put("text", note);
    } else {
      newest.withArray("parts").addObject().put("text", note);
    }
  }

  private static String pick(Random random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
