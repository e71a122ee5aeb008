package io.numa.avatar.git.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import okhttp3.Credentials;

/** A fake of Bitbucket Cloud, after developer.atlassian.com/cloud/bitbucket/rest. */
final class FakeBitbucket extends FakeForge {
  private static final Pattern QUERY =
      Pattern.compile("source\\.branch\\.name=\"(.*)\" AND destination\\.branch\\.name=\"(.*)\"");

  FakeBitbucket() {
    super("team", "shop");
  }

  @Override
  HostingService service() {
    return HostingService.BITBUCKET;
  }

  @Override
  Optional<String> username() {
    return Optional.of("avatar@example.com");
  }

  @Override
  String authorization() {
    return Credentials.basic("avatar@example.com", TOKEN, UTF_8);
  }

  @Override
  String apiPath() {
    return "/2.0";
  }

  @Override
  JsonNode message(String text) {
    ObjectNode message = Json.object().put("type", "error");
    message.putObject("error").put("message", text);
    return message;
  }

  @Override
  boolean opens(Call call) {
    return call.is("POST", "2.0", "repositories", "team", "shop", "pullrequests");
  }

  @Override
  MockResponse handle(Call call) {
    if (call.is("GET", "2.0", "repositories", "team", "shop", "pullrequests")) {
      ObjectNode page = Json.object();
      ArrayNode found = page.putArray("values");
      Matcher query = QUERY.matcher(call.query("q"));
      if (query.matches()) {
        of(query.group(1), query.group(2)).forEach(pull -> found.add(json(pull)));
      }
      return json(200, page);
    }
    if (opens(call)) {
      return create(call.body());
    }
    if (call.is("GET", "2.0", "repositories", "team", "shop", "pullrequests", "*")) {
      return json(200, whole(pull(call.path().get(5))));
    }
    if (call.is("PUT", "2.0", "repositories", "team", "shop", "pullrequests", "*")) {
      return change(pull(call.path().get(5)), call.body());
    }
    if (call.is("GET", "2.0", "users", "*")) {
      String uuid = call.path().get(2);
      return USERS.containsKey(uuid.replaceAll("[{}]", ""))
          ? json(200, Json.object().put("uuid", uuid))
          : json(404, message(uuid + " is not a valid user"));
    }
    return json(404, message("Repository team/nowhere not found"));
  }

  /** Creates a pull request; a second one of the same branch and target replaces the first. */
  private MockResponse create(JsonNode body) {
    String head = body.at("/source/branch/name").asText();
    String base = body.at("/destination/branch/name").asText();
    Pull pull = open(head, base).orElseGet(() -> add(head, base));
    pull.title = body.path("title").asText();
    pull.body = body.path("description").asText();
    pull.draft = body.path("draft").asBoolean();
    return json(201, whole(pull));
  }

  private MockResponse change(Pull pull, JsonNode body) {
    pull.title = body.path("title").asText(pull.title);
    pull.body = body.path("description").asText(pull.body);
    pull.reviewers.clear();
    body.path("reviewers").forEach(user -> pull.reviewers.add(user.path("uuid").asText()));
    return json(200, whole(pull));
  }

  private ObjectNode whole(Pull pull) {
    ObjectNode json = json(pull);
    ArrayNode reviewers = json.putArray("reviewers");
    pull.reviewers.forEach(
        uuid -> reviewers.addObject().put("uuid", uuid).put("account_id", "557058:" + uuid));
    return json;
  }

  private ObjectNode json(Pull pull) {
    String state = pull.state == State.CLOSED ? "DECLINED" : pull.state.name();
    ObjectNode json =
        Json.object()
            .put("type", "pullrequest")
            .put("id", pull.number)
            .put("title", pull.title)
            .put("description", pull.body)
            .put("draft", pull.draft)
            .put("state", state);
    json.putObject("links").putObject("html").put("href", webUrl(pull));
    String commit = commit(pull);
    ObjectNode source = json.putObject("source");
    source.putObject("branch").put("name", pull.head);
    source.putObject("commit").put("hash", commit.substring(0, Math.min(12, commit.length())));
    source.putObject("repository").put("full_name", "team/shop");
    ObjectNode destination = json.putObject("destination");
    destination.putObject("branch").put("name", pull.base);
    destination.putObject("repository").put("full_name", "team/shop");
    return json;
  }
}
