package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.port.ChangeRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Pull requests of GitHub, by its REST API, version 3. Labels that do not exist are made by the
 * service. A reviewer with a slash, {@code org/team}, is a team.
 */
final class GitHub implements Forge {
  private static final String PAGE = "30";

  private final ApiClient api;
  private final Project project;

  GitHub(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    HttpUrl url =
        repository("pulls")
            .addQueryParameter("state", "all")
            .addQueryParameter("head", project.owner() + ":" + request.pushed().branch())
            .addQueryParameter("base", request.target().value())
            .addQueryParameter("sort", "created")
            .addQueryParameter("direction", "desc")
            .addQueryParameter("per_page", PAGE)
            .build();
    return Json.items(api.get(project.finding(), url)).map(GitHub::existing).toList();
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
    HttpUrl url = repository("pulls").addPathSegment(existing.number()).build();
    api.send("PATCH", existing.rewriting(), url, body);
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    List<String> labels =
        Json.missing(request.labels(), Json.texts(existing.raw().path("labels"), "name"));
    if (!labels.isEmpty()) {
      HttpUrl url =
          repository("issues").addPathSegment(existing.number()).addPathSegment("labels").build();
      String what = "add the labels " + String.join(", ", labels);
      additions.attempt(what, () -> api.send("POST", what, url, Json.list("labels", labels)));
    }
    for (String reviewer : Json.missing(request.reviewers(), reviewers(existing))) {
      addReviewer(existing, reviewer, additions);
    }
    return additions.notes();
  }

  /** One by one, as a name that the service does not take has it refuse all of them. */
  private void addReviewer(Existing existing, String reviewer, Additions additions)
      throws InterruptedException {
    HttpUrl url =
        repository("pulls")
            .addPathSegment(existing.number())
            .addPathSegment("requested_reviewers")
            .build();
    String team = reviewer.substring(reviewer.indexOf('/') + 1);
    ObjectNode body =
        reviewer.contains("/")
            ? Json.list("team_reviewers", List.of(team))
            : Json.list("reviewers", List.of(reviewer));
    String what = "ask '" + reviewer + "' for a review";
    additions.attempt(what, () -> api.send("POST", what, url, body));
  }

  private static Set<String> reviewers(Existing existing) {
    var names =
        new LinkedHashSet<>(Json.texts(existing.raw().path("requested_reviewers"), "login"));
    existing
        .raw()
        .path("requested_teams")
        .forEach(
            team -> {
              String owner = Json.text(existing.raw(), "/base/repo/owner/login");
              names.add(owner + "/" + Json.text(team, "/slug"));
            });
    return names;
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }

  private static Existing existing(JsonNode pull) {
    boolean merged = !pull.path("merged_at").isNull() && pull.hasNonNull("merged_at");
    boolean open = Json.text(pull, "/state").equals("open");
    return new Existing(
        Json.text(pull, "/number"),
        Json.text(pull, "/html_url"),
        merged ? State.MERGED : open ? State.OPEN : State.CLOSED,
        "",
        Json.text(pull, "/title"),
        Json.text(pull, "/body"),
        Json.text(pull, "/head/sha"),
        pull);
  }
}
