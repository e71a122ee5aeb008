package io.numa.avatar.git.internal.lfs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests and answers of LFS's batch API (git-lfs, docs/api/batch.md), with its basic transfer.
 * Links and headers of an answer are secrets: they may grant access to anyone who knows them.
 */
final class LfsBatch {
  private static final JsonMapper JSON = new JsonMapper();

  private LfsBatch() {}

  /** A request that the server tells the client to send. */
  record Action(String href, Map<String, String> headers) {
    @Override
    public String toString() {
      return "Action[***]";
    }
  }

  /** The actions for one object; none if the object is in place already. */
  record Item(LfsPointer object, Map<String, Action> actions, Optional<ItemError> error) {}

  /** The server's error for one object. */
  record ItemError(int code, String message) {}

  static byte[] question(String operation, Collection<LfsPointer> objects) {
    ObjectNode root =
        JSON.createObjectNode().put("operation", operation).put("hash_algo", "sha256");
    root.putArray("transfers").add("basic");
    var list = root.putArray("objects");
    objects.forEach(one -> list.addObject().put("oid", one.oid()).put("size", one.size()));
    return bytes(root);
  }

  static byte[] verification(LfsPointer object) {
    return bytes(JSON.createObjectNode().put("oid", object.oid()).put("size", object.size()));
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /**
   * Reads an answer. Ignores objects that the request did not name.
   *
   * @throws IOException if the answer is invalid, or misses a requested object
   */
  static Collection<Item> answer(JsonNode root, Collection<LfsPointer> asked) throws IOException {
    String transfer = root.path("transfer").asText("basic");
    String hash = root.path("hash_algo").asText("sha256");
    if (!transfer.equals("basic") || !hash.equals("sha256")) {
      throw new IOException("the LFS server wants a transfer that was not offered");
    }
    Map<String, LfsPointer> open = new LinkedHashMap<>();
    asked.forEach(one -> open.put(one.oid(), one));
    Map<String, Item> items = new LinkedHashMap<>();
    for (JsonNode node : root.path("objects")) {
      LfsPointer object = open.remove(node.path("oid").asText());
      if (object != null) {
        items.put(object.oid(), new Item(object, actions(node), error(node)));
      }
    }
    if (!open.isEmpty()) {
      throw new IOException("the LFS server's answer misses " + open.size() + " objects");
    }
    return items.values();
  }

  private static Map<String, Action> actions(JsonNode node) {
    Map<String, Action> actions = new HashMap<>();
    for (var one : node.path("actions").properties()) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (var header : one.getValue().path("header").properties()) {
        headers.put(header.getKey(), header.getValue().asText());
      }
      actions.put(one.getKey(), new Action(one.getValue().path("href").asText(), headers));
    }
    return actions;
  }

  private static Optional<ItemError> error(JsonNode node) {
    JsonNode error = node.path("error");
    return error.isObject()
        ? Optional.of(
            new ItemError(error.path("code").asInt(), error.path("message").asText("no reason")))
        : Optional.empty();
  }

  /** The message of an error answer, if it has one. */
  static Optional<String> message(String body) {
    return Json.parse(body)
        .map(json -> json.path("message"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
