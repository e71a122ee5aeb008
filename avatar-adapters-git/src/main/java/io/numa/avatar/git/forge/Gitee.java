package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.port.ChangeRequest;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Pull requests of Gitee, by its API, version 5. Its reviewers are what it calls assignees; labels
 * that do not exist are made by the service.
 */
final class Gitee implements Forge {
  private static final String PAGE = "30";

  private final ApiClient api;
  private final Project project;

  Gitee(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    HttpUrl url =
        repository("pulls")
            .addQueryParameter("state", "all")
            .addQueryParameter("head", request.pushed().branch().value())
            .addQueryParameter("base", request.target().value())
            .addQueryParameter("sort", "created")
            .addQueryParameter("direction", "desc")
            .addQueryParameter("per_page", PAGE)
            .build();
    return Json.items(api.get(project.finding(), url))
        .filter(pull -> isOf(pull, request))
        .map(Gitee::existing)
        .toList();
  }

  /** The branch of a fork may have the same name. */
  private static boolean isOf(JsonNode pull, ChangeRequest request) {
    return Json.text(pull, "/head/ref").equals(request.pushed().branch().value())
        && pull.at("/head/repo/id").equals(pull.at("/base/repo/id"));
  }

  @Override
  public Existing create(ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("title", request.title())
            .put("body", request.body())
            .put("head", request.pushed().branch().value())
            .put("base", request.target().value())
            .put("draft", request.draft());
    return existing(api.send("POST", project.opening(request), repository("pulls").build(), body));
  }

  @Override
  public void rewrite(Existing existing, ChangeRequest request) throws InterruptedException {
    ObjectNode body = Json.object().put("title", request.title()).put("body", request.body());
    api.send("PATCH", existing.rewriting(), pull(existing).build(), body);
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    List<String> labels =
        Json.missing(request.labels(), Json.texts(existing.raw().path("labels"), "name"));
    if (!labels.isEmpty()) {
      ArrayNode names = JsonNodeFactory.instance.arrayNode();
      labels.forEach(names::add);
      HttpUrl url = pull(existing).addPathSegment("labels").build();
      String what = "add the labels " + String.join(", ", labels);
      additions.attempt(what, () -> api.send("POST", what, url, names));
    }
    List<String> reviewers =
        Json.missing(request.reviewers(), Json.texts(existing.raw().path("assignees"), "login"));
    for (String reviewer : reviewers) {
      HttpUrl url = pull(existing).addPathSegment("assignees").build();
      String what = "ask '" + reviewer + "' for a review";
      ObjectNode body = Json.object().put("assignees", reviewer);
      additions.attempt(what, () -> api.send("POST", what, url, body));
    }
    return additions.notes();
  }

  private HttpUrl.Builder pull(Existing existing) {
    return repository("pulls").addPathSegment(existing.number());
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }

  private static Existing existing(JsonNode pull) {
    return new Existing(
        Json.text(pull, "/number"),
        Json.text(pull, "/html_url"),
        switch (Json.text(pull, "/state")) {
          case "open" -> State.OPEN;
          case "merged" -> State.MERGED;
          default -> State.CLOSED;
        },
        "",
        Json.text(pull, "/title"),
        Json.text(pull, "/body"),
        Json.text(pull, "/head/sha"),
        pull);
  }
}
