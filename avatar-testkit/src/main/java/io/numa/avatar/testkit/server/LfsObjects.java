package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The LFS objects of one server's repositories: the batch API and basic transfers, with
 * verification.
 */
final class LfsObjects {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern CALL =
      Pattern.compile("/(.+?)\\.git/info/lfs/objects/(batch|verify|[0-9a-f]{64})");

  private final Path root;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param root the folder of the repositories
   */
  LfsObjects(Path root) {
    this.root = root;
  }

  /** Makes the next {@code times} requests for objects fail. */
  void fail(int times) {
    failures.set(times);
  }

  /** An HTTP answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, String type, byte[] body) {}

  static boolean isFor(String path) {
    return CALL.matcher(path).matches();
  }

  /**
   * Answers a request.
   *
   * @param origin the origin of this server, without a slash at the end
   */
  Answer answer(String method, String origin, String path, byte[] body) throws IOException {
    Matcher call = CALL.matcher(path);
    if (!call.matches() || !Files.isDirectory(root.resolve(call.group(1) + ".git"))) {
      return json(404, message("no such repository"));
    }
    Path objects = root.resolve(call.group(1) + ".git/lfs/objects");
    String url = origin + "/" + call.group(1) + ".git/info/lfs/objects/";
    return switch (call.group(2)) {
      case "batch" -> batch(JSON.readTree(body), objects, url);
      case "verify" -> verify(JSON.readTree(body), objects);
      default -> object(method, call.group(2), objects, body);
    };
  }

  private static Answer batch(JsonNode question, Path objects, String url) throws IOException {
    boolean upload = question.path("operation").asText().equals("upload");
    ObjectNode answer = JSON.createObjectNode().put("transfer", "basic");
    var list = answer.putArray("objects");
    for (JsonNode asked : question.path("objects")) {
      String oid = asked.path("oid").asText();
      ObjectNode item = list.addObject().put("oid", oid).put("size", asked.path("size").asLong());
      boolean here = Files.exists(file(objects, oid));
      if (!upload && here) {
        item.putObject("actions").putObject("download").put("href", url + oid);
      } else if (!upload) {
        item.putObject("error").put("code", 404).put("message", "Object does not exist");
      } else if (!here) {
        ObjectNode actions = item.putObject("actions");
        actions.putObject("upload").put("href", url + oid);
        actions.putObject("verify").put("href", url + "verify");
      }
    }
    return json(200, answer);
  }

  private static Answer verify(JsonNode question, Path objects) throws IOException {
    Path file = file(objects, question.path("oid").asText());
    boolean good = Files.exists(file) && Files.size(file) == question.path("size").asLong();
    return json(good ? 200 : 422, message(good ? "well" : "no such object"));
  }

  private Answer object(String method, String oid, Path objects, byte[] body) throws IOException {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return json(503, message("try again"));
    }
    Path file = file(objects, oid);
    if (!method.equals("PUT")) {
      return Files.exists(file)
          ? new Answer(200, "application/octet-stream", Files.readAllBytes(file))
          : json(404, message("no such object"));
    }
    if (!sha256(body).equals(oid)) {
      return json(422, message("not what it is named after"));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, body);
    return json(200, message("taken"));
  }

  static Path file(Path objects, String oid) {
    return oid.length() < 64
        ? objects.resolve("none")
        : objects.resolve(oid.substring(0, 2)).resolve(oid.substring(2, 4)).resolve(oid);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ObjectNode message(String text) {
    return JSON.createObjectNode().put("message", text);
  }

  private static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/vnd.git-lfs+json", body.toString().getBytes(UTF_8));
  }
}
