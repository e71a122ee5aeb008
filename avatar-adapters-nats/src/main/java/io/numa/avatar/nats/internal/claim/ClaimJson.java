package io.numa.avatar.nats.internal.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.task.AvatarId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Claims as JSON. */
final class ClaimJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClaimJson() {}

  static byte[] write(Claim claim) {
    ObjectNode node = JSON.createObjectNode();
    node.put("avatar", claim.avatar().value());
    claim.attempt().ifPresent(attempt -> node.put("attempt", attempt));
    claim.earlier().forEach(node.putArray("earlier")::add);
    node.put("claims", claim.claims());
    node.put("state", claim.ended() ? "ended" : "held");
    claim.place().ifPresent(place -> node.put("reply", place.reply()));
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  static Claim read(byte[] json) throws IOException {
    try {
      JsonNode node = JSON.readTree(json);
      return new Claim(
          new AvatarId(node.path("avatar").asText()),
          text(node, "attempt"),
          texts(node.path("earlier")),
          node.path("claims").asInt(),
          node.path("state").asText().equals("ended"),
          text(node, "reply").flatMap(Place::of));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("an entry of the bucket numa_claims is no claim", e);
    }
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
