package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Pull requests of Bitbucket Cloud, through its API, version 2.0. Bitbucket has no labels, and
 * identifies users by ids only: configure reviewers by {@code {uuid}} or account id.
 */
final class Bitbucket implements Forge {
  private static final String PAGE = "30";

  private final ApiClient api;
  private final Project project;

  Bitbucket(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    String query =
        "source.branch.name="
            + quoted(request.pushed().branch().value())
            + " AND destination.branch.name="
            + quoted(request.target().value());
    HttpUrl.Builder url = requests().addQueryParameter("q", query);
    for (String state : new String[] {"OPEN", "MERGED", "DECLINED", "SUPERSEDED"}) {
      url.addQueryParameter("state", state);
    }
    url.addQueryParameter("sort", "-created_on").addQueryParameter("pagelen", PAGE);
    return Json.items(api.get(project.finding(), url.build()).path("values"))
        .filter(Bitbucket::isOfThisRepository)
        .map(Bitbucket::existing)
        .toList();
  }

  private static boolean isOfThisRepository(JsonNode pull) {
    return pull.at("/source/repository/full_name")
        .equals(pull.at("/destination/repository/full_name"));
  }

  @Override
  public Existing create(ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("title", request.title())
            .put("description", request.body())
            .put("draft", request.draft());
    body.putObject("source").putObject("branch").put("name", request.pushed().branch().value());
    body.putObject("destination").putObject("branch").put("name", request.target().value());
    return existing(api.send("POST", project.opening(request), requests().build(), body));
  }

  @Override
  public void rewrite(Existing existing, ChangeRequest request) throws InterruptedException {
    JsonNode whole = whole(existing);
    ObjectNode body =
        Json.object().put("title", request.title()).put("description", request.body());
    put(existing.rewriting(), existing, named(body, reviewers(whole)));
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    if (!request.labels().isEmpty()) {
      additions.note("Bitbucket has no labels; left out: " + String.join(", ", request.labels()));
    }
    if (request.reviewers().isEmpty()) {
      return additions.notes();
    }
    JsonNode whole = whole(existing);
    Set<String> present = new LinkedHashSet<>(reviewers(whole));
    String title = Json.text(whole, "/title");
    var known = new LinkedHashSet<>(present);
    known.addAll(Json.texts(whole.path("reviewers"), "account_id"));
    for (String reviewer : Additions.missing(request.reviewers(), known)) {
      String what = "ask '" + reviewer + "' for a review";
      additions.attempt(
          what,
          () -> {
            var all = new LinkedHashSet<>(present);
            all.add(user(reviewer));
            put(what, existing, named(Json.object().put("title", title), all));
            present.addAll(all);
          });
    }
    return additions.notes();
  }

  /** Reads one pull request; lists of pull requests do not contain the reviewers. */
  private JsonNode whole(Existing existing) throws InterruptedException {
    HttpUrl url = requests().addPathSegment(existing.number()).build();
    return api.get("read '" + existing.url() + "'", url);
  }

  private static Set<String> reviewers(JsonNode whole) {
    return Json.texts(whole.path("reviewers"), "uuid");
  }

  /**
   * Adds the reviewers. An update must name all of them: Bitbucket removes those that it does not
   * name.
   */
  private static ObjectNode named(ObjectNode body, Set<String> reviewers) {
    ArrayNode list = body.putArray("reviewers");
    reviewers.forEach(uuid -> list.addObject().put("uuid", uuid));
    return body;
  }

  private String user(String name) throws InterruptedException {
    return Json.text(
        api.get("look for the user '" + name + "'", api.at("users", name).build()), "/uuid");
  }

  private void put(String what, Existing existing, ObjectNode body) throws InterruptedException {
    api.send("PUT", what, requests().addPathSegment(existing.number()).build(), body);
  }

  private HttpUrl.Builder requests() {
    return api.at("repositories", project.owner(), project.name(), "pullrequests");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Existing existing(JsonNode pull) {
    return new Existing(
        Json.text(pull, "/id"),
        Json.text(pull, "/links/html/href"),
        switch (Json.text(pull, "/state")) {
          case "OPEN" -> State.OPEN;
          case "MERGED" -> State.MERGED;
          default -> State.CLOSED;
        },
        "",
        Json.text(pull, "/title"),
        pull.hasNonNull("description")
            ? Json.text(pull, "/description")
            : Json.text(pull, "/summary/raw"),
        Json.text(pull, "/source/commit/hash"),
        pull);
  }
}
