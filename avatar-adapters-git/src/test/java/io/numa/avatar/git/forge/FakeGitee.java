package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import java.util.Locale;
import mockwebserver3.MockResponse;

/** A fake of Gitee, after gitee.com/api/v5/swagger. */
final class FakeGitee extends FakeForge {
  FakeGitee() {
    super("team", "shop");
  }

  @Override
  HostingService service() {
    return HostingService.GITEE;
  }

  @Override
  String authorization() {
    return "Bearer " + TOKEN;
  }

  @Override
  String apiPath() {
    return "/api/v5";
  }

  @Override
  JsonNode message(String text) {
    return Json.object().put("message", text);
  }

  @Override
  boolean opens(Call call) {
    return call.is("POST", "api", "v5", "repos", "team", "shop", "pulls");
  }

  @Override
  MockResponse handle(Call call) {
    if (call.is("GET", "api", "v5", "repos", "team", "shop", "pulls")) {
      ArrayNode found = JsonNodeFactory.instance.arrayNode();
      of(call.query("head"), call.query("base")).forEach(pull -> found.add(json(pull)));
      return json(200, found);
    }
    if (opens(call)) {
      return create(call.body());
    }
    if (call.is("PATCH", "api", "v5", "repos", "team", "shop", "pulls", "*")) {
      Pull pull = pull(call.path().get(6));
      pull.title = call.body().path("title").asText();
      pull.body = call.body().path("body").asText();
      return json(200, json(pull));
    }
    if (call.is("POST", "api", "v5", "repos", "team", "shop", "pulls", "*", "labels")) {
      Pull pull = pull(call.path().get(6));
      call.body().forEach(label -> pull.labels.add(label.asText()));
      return json(201, json(pull).path("labels"));
    }
    if (call.is("POST", "api", "v5", "repos", "team", "shop", "pulls", "*", "assignees")) {
      String name = call.body().path("assignees").asText();
      if (!USERS.containsKey(name)) {
        return json(400, message("assignees: " + name + " is no member of the repository"));
      }
      Pull pull = pull(call.path().get(6));
      pull.reviewers.add(name);
      return json(201, json(pull));
    }
    return json(404, message("Not Found Project"));
  }

  private MockResponse create(JsonNode body) {
    String head = body.path("head").asText();
    String base = body.path("base").asText();
    if (open(head, base).isPresent()) {
      return json(400, message("源分支 " + head + " 的 Pull Request 已存在"));
    }
    Pull pull = add(head, base);
    pull.title = body.path("title").asText();
    pull.body = body.path("body").asText();
    pull.draft = body.path("draft").asBoolean();
    return json(201, json(pull));
  }

  private ObjectNode json(Pull pull) {
    ObjectNode json =
        Json.object()
            .put("id", 900 + pull.number)
            .put("number", pull.number)
            .put("html_url", webUrl(pull))
            .put("state", pull.state.name().toLowerCase(Locale.ROOT))
            .put("title", pull.title)
            .put("body", pull.body)
            .put("draft", pull.draft);
    ArrayNode labels = json.putArray("labels");
    pull.labels.forEach(name -> labels.addObject().put("id", 1).put("name", name));
    ArrayNode reviewers = json.putArray("assignees");
    pull.reviewers.forEach(name -> reviewers.addObject().put("login", name));
    end(json.putObject("head"), pull.head).put("sha", commit(pull));
    end(json.putObject("base"), pull.base);
    return json;
  }

  private static ObjectNode end(ObjectNode end, String branch) {
    end.put("ref", branch).putObject("repo").put("id", 7).put("full_name", "team/shop");
    return end;
  }
}
