package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.util.Locale;
import java.util.Map;
import mockwebserver3.MockResponse;

/** A fake of GitLab, after docs.gitlab.com/api/merge_requests, with a project in a nested group. */
final class FakeGitLab extends FakeForge {
  private static final String PROJECT = "team/tools/shop";

  FakeGitLab() {
    super("team", "tools", "shop");
  }

  @Override
  HostingService service() {
    return HostingService.GITLAB;
  }

  @Override
  String authorization() {
    return "Bearer " + TOKEN;
  }

  @Override
  String apiPath() {
    return "/api/v4";
  }

  @Override
  String draftMark() {
    return "Draft: ";
  }

  @Override
  JsonNode message(String text) {
    ObjectNode message = Json.object();
    message.putArray("message").add(text);
    return message;
  }

  @Override
  boolean opens(Call call) {
    return call.is("POST", "api", "v4", "projects", PROJECT, "merge_requests");
  }

  @Override
  MockResponse handle(Call call) {
    if (call.is("GET", "api", "v4", "projects", PROJECT, "merge_requests")) {
      ArrayNode found = JsonNodeFactory.instance.arrayNode();
      of(call.query("source_branch"), call.query("target_branch"))
          .forEach(pull -> found.add(json(pull)));
      return json(200, found);
    }
    if (opens(call)) {
      return create(call.body());
    }
    if (call.is("PUT", "api", "v4", "projects", PROJECT, "merge_requests", "*")) {
      return change(pull(call.path().get(5)), call.body());
    }
    if (call.is("GET", "api", "v4", "users")) {
      ArrayNode users = JsonNodeFactory.instance.arrayNode();
      Long id = USERS.get(call.query("username"));
      if (id != null) {
        users.add(user(call.query("username")));
      }
      return json(200, users);
    }
    return json(404, Json.object().put("message", "404 Project Not Found"));
  }

  private MockResponse create(JsonNode body) {
    String head = body.path("source_branch").asText();
    String base = body.path("target_branch").asText();
    if (open(head, base).isPresent()) {
      return json(
          409, message("Another open merge request already exists for this source branch: !1"));
    }
    Pull pull = add(head, base);
    change(pull, body);
    return json(201, json(pull));
  }

  private MockResponse change(Pull pull, JsonNode body) {
    pull.title = body.path("title").asText(pull.title);
    pull.body = body.path("description").asText(pull.body);
    if (body.has("add_labels")) {
      for (String label : body.path("add_labels").asText().split(",", -1)) {
        pull.labels.add(label);
      }
    }
    if (body.has("reviewer_ids")) {
      pull.reviewers.clear();
      for (Map.Entry<String, Long> user : USERS.entrySet()) {
        if (Json.items(body.path("reviewer_ids")).anyMatch(id -> id.asLong() == user.getValue())) {
          pull.reviewers.add(user.getKey());
        }
      }
    }
    return json(200, json(pull));
  }

  ObjectNode json(Pull pull) {
    ObjectNode json =
        Json.object()
            .put("id", 1000 + pull.number)
            .put("iid", pull.number)
            .put("project_id", 3)
            .put("source_project_id", 3)
            .put("target_project_id", 3)
            .put("title", pull.title)
            .put("description", pull.body)
            .put("source_branch", pull.head)
            .put("target_branch", pull.base)
            .put(
                "state",
                pull.state == State.OPEN ? "opened" : pull.state.name().toLowerCase(Locale.ROOT))
            .put("draft", pull.title.startsWith(draftMark()))
            .put("sha", commit(pull))
            .put("web_url", webUrl(pull));
    pull.labels.forEach(json.putArray("labels")::add);
    ArrayNode reviewers = json.putArray("reviewers");
    pull.reviewers.forEach(name -> reviewers.add(user(name)));
    return json;
  }

  private static ObjectNode user(String name) {
    return Json.object().put("id", USERS.get(name)).put("username", name).put("state", "active");
  }
}
