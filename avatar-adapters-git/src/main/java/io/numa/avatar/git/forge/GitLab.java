package io.numa.avatar.git.forge;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Merge requests of GitLab, through its REST API, version 4. GitLab creates labels that do not
 * exist. Drafts are marked in the title.
 */
final class GitLab implements Forge {
  private static final DraftTitle DRAFTS =
      new DraftTitle("Draft: ", "(?i)(?:\\[draft\\]|\\(draft\\)|draft:)\\s*");
  private static final String PAGE = "30";

  private final ApiClient api;
  private final Project project;

  GitLab(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    HttpUrl url =
        requests()
            .addQueryParameter("state", "all")
            .addQueryParameter("source_branch", request.pushed().branch().value())
            .addQueryParameter("target_branch", request.target().value())
            .addQueryParameter("order_by", "created_at")
            .addQueryParameter("sort", "desc")
            .addQueryParameter("per_page", PAGE)
            .build();
    return Json.items(api.get(project.finding(), url))
        .filter(GitLab::isOfThisProject)
        .map(GitLab::existing)
        .toList();
  }

  /**
   * Whether a merge request is from this project's branch. A fork's branch may have the same name.
   */
  private static boolean isOfThisProject(JsonNode merge) {
    return merge.path("source_project_id").equals(merge.path("target_project_id"));
  }

  @Override
  public Existing create(ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("source_branch", request.pushed().branch().value())
            .put("target_branch", request.target().value())
            .put("title", request.draft() ? DRAFTS.marked(request.title()) : request.title())
            .put("description", request.body());
    return existing(api.send("POST", project.opening(request), requests().build(), body));
  }

  @Override
  public void rewrite(Existing existing, ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("title", existing.mark() + request.title())
            .put("description", request.body());
    put(existing.rewriting(), existing, body);
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    List<String> labels =
        Additions.missing(
            request.labels(),
            Json.items(existing.raw().path("labels")).map(JsonNode::asText).toList());
    if (!labels.isEmpty()) {
      String what = "add the labels " + String.join(", ", labels);
      ObjectNode body = Json.object().put("add_labels", String.join(",", labels));
      additions.attempt(what, () -> put(what, existing, body));
    }
    addReviewers(existing, request, additions);
    return additions.notes();
  }

  private void addReviewers(Existing existing, ChangeRequest request, Additions additions)
      throws InterruptedException {
    JsonNode present = existing.raw().path("reviewers");
    var ids = new ArrayList<Long>();
    for (String name : Additions.missing(request.reviewers(), Json.texts(present, "username"))) {
      user(name)
          .ifPresentOrElse(
              ids::add, () -> additions.note("there is no user '" + name + "' to review it"));
    }
    if (ids.isEmpty()) {
      return;
    }
    Set<Long> all =
        Json.items(present)
            .map(user -> user.path("id").asLong())
            .collect(toCollection(LinkedHashSet::new));
    all.addAll(ids);
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("reviewer_ids");
    all.forEach(list::add);
    additions.attempt("ask for reviews", () -> put("ask for reviews", existing, body));
  }

  private Optional<Long> user(String name) throws InterruptedException {
    HttpUrl url = api.at("users").addQueryParameter("username", name).build();
    return Json.items(api.get("look for the user '" + name + "'", url))
        .map(user -> user.path("id").asLong())
        .findFirst();
  }

  private void put(String what, Existing existing, ObjectNode body) throws InterruptedException {
    api.send("PUT", what, requests().addPathSegment(existing.number()).build(), body);
  }

  /**
   * The URL of the merge requests. The project's full path is one segment in it, with its slashes
   * escaped.
   */
  private HttpUrl.Builder requests() {
    return api.at("projects", project.fullName(), "merge_requests");
  }

  private static Existing existing(JsonNode merge) {
    String title = Json.text(merge, "/title");
    return new Existing(
        Json.text(merge, "/iid"),
        Json.text(merge, "/web_url"),
        switch (Json.text(merge, "/state")) {
          case "opened", "locked" -> State.OPEN;
          case "merged" -> State.MERGED;
          default -> State.CLOSED;
        },
        DRAFTS.mark(title),
        DRAFTS.unmarked(title),
        Json.text(merge, "/description"),
        Json.text(merge, "/sha"),
        merge);
  }
}
