package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import mockwebserver3.MockResponse;

/** A fake of Gitea, after its API's own pages (version 1.23); Forgejo's API is alike. */
final class FakeGitea extends FakeForge {
  FakeGitea() {
    super("team", "shop");
  }

  @Override
  HostingService service() {
    return HostingService.GITEA;
  }

  @Override
  String authorization() {
    return "token " + TOKEN;
  }

  @Override
  String apiPath() {
    return "/api/v1";
  }

  @Override
  String draftMark() {
    return "WIP: ";
  }

  @Override
  JsonNode message(String text) {
    return Json.object().put("message", text).put("url", "https://gitea.example.com/api/swagger");
  }

  @Override
  boolean opens(Call call) {
    return call.is("POST", "api", "v1", "repos", "team", "shop", "pulls");
  }

  @Override
  MockResponse handle(Call call) {
    if (call.is("GET", "api", "v1", "repos", "team", "shop", "pulls")) {
      return json(200, call.query("page").equals("1") ? all() : empty());
    }
    if (opens(call)) {
      return create(call.body());
    }
    if (call.is("PATCH", "api", "v1", "repos", "team", "shop", "pulls", "*")) {
      Pull pull = pull(call.path().get(6));
      pull.title = call.body().path("title").asText();
      pull.body = call.body().path("body").asText();
      return json(201, json(pull));
    }
    if (call.is("GET", "api", "v1", "repos", "team", "shop", "labels")) {
      return json(200, call.query("page").equals("1") ? label("urgent") : empty());
    }
    if (call.is("GET", "api", "v1", "orgs", "team", "labels")) {
      return json(200, call.query("page").equals("1") ? label("avatar") : empty());
    }
    if (call.is("POST", "api", "v1", "repos", "team", "shop", "issues", "*", "labels")) {
      Pull pull = pull(call.path().get(6));
      LABELS.forEach(
          (name, id) -> {
            if (Json.items(call.body().path("labels")).anyMatch(one -> one.asLong() == id)) {
              pull.labels.add(name);
            }
          });
      return json(200, labels(pull));
    }
    if (call.is(
        "POST", "api", "v1", "repos", "team", "shop", "pulls", "*", "requested_reviewers")) {
      return ask(pull(call.path().get(6)), call.body());
    }
    return json(404, message("The target couldn't be found."));
  }

  private ArrayNode all() {
    ArrayNode found = empty();
    pulls.forEach(pull -> found.insert(0, json(pull)));
    return found;
  }

  private static ArrayNode empty() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private MockResponse create(JsonNode body) {
    String head = body.path("head").asText();
    String base = body.path("base").asText();
    if (open(head, base).isPresent()) {
      return json(409, message("pull request already exists for these targets"));
    }
    Pull pull = add(head, base);
    pull.title = body.path("title").asText();
    pull.body = body.path("body").asText();
    return json(201, json(pull));
  }

  private MockResponse ask(Pull pull, JsonNode body) {
    for (JsonNode reviewer : body.path("reviewers")) {
      if (!USERS.containsKey(reviewer.asText())) {
        return json(404, message("user '" + reviewer.asText() + "' doesn't exist"));
      }
      pull.reviewers.add(reviewer.asText());
    }
    return json(201, empty());
  }

  ObjectNode json(Pull pull) {
    ObjectNode json =
        Json.object()
            .put("id", 500 + pull.number)
            .put("number", pull.number)
            .put("html_url", webUrl(pull))
            .put("state", pull.state == State.OPEN ? "open" : "closed")
            .put("merged", pull.state == State.MERGED)
            .put("title", pull.title)
            .put("body", pull.body);
    json.set("labels", labels(pull));
    ArrayNode reviewers = json.putArray("requested_reviewers");
    pull.reviewers.forEach(name -> reviewers.addObject().put("login", name));
    json.putObject("head").put("ref", pull.head).put("sha", commit(pull)).put("repo_id", 7);
    json.putObject("base").put("ref", pull.base).put("repo_id", 7);
    return json;
  }

  private static ArrayNode labels(Pull pull) {
    ArrayNode labels = empty();
    pull.labels.forEach(name -> labels.add(label(name).get(0)));
    return labels;
  }

  private static ArrayNode label(String name) {
    return empty().add(Json.object().put("id", LABELS.get(name)).put("name", name));
  }
}
